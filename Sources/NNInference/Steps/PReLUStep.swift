/// A learned slope below zero.
struct PReLUStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    let alpha: Region<Number>
    /// Over the input; the first operand is the place in alpha.
    let walk: Walk

    func run() {
        walk.forEach { index, slope, _ in
            let x = input[index]
            output[index] = x < 0 ? alpha[slope] * x : x
        }
    }
}

extension PReLU {
    var resultStorage: ResultStorage { .inPlace(input) }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let slopes = Shape(planner.tensors[alpha.index].shape)
        let strides = slopes.strides
        var walk = Walk()
        walk.append(size: shape[0], first: 0)
        for axis in 1..<shape.rank { walk.append(size: shape[axis], first: slopes[axis - 1] == 1 ? 0 : strides[axis - 1]) }
        return .prelu(
            PReLUStep(input: try planner.numbers(input), output: try planner.result(), alpha: try planner.vector(alpha), walk: walk))
    }
}
