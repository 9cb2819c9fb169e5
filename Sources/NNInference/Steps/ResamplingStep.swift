/// Weighted means of neighbours along one axis.
struct ResamplingStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    let weights: ResamplingWeights<Number>
    /// Elements of the axis before.
    let size: Int
    /// Elements within one index of the axis.
    let width: Int

    var units: Int { output.count / max(width, 1) }
    var cost: Int { output.count &* weights.span }

    func run(_ units: Range<Int>) {
        for unit in units {
            let (outer, position) = unit.quotientAndRemainder(dividingBy: weights.count)
            let first = Int(weights.starts[position])
            let source = input.base + (outer * size + first) * width
            let target = output.base + unit * width
            target.update(repeating: 0, count: width)
            for index in 0..<weights.span {
                let weight = weights.numbers[position * weights.span + index]
                // An infinity that does not count must not make a NaN.
                guard weight != 0 else { continue }
                let row = source + index * width
                for column in 0..<width { target[column] += weight * row[column] }
            }
        }
    }
}

extension Resampling {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let output = try planner.result()
        let weights = try ResamplingWeights(self, from: shape[axis], to: planner.resultShape[axis], &planner)
        return .resampling(
            ResamplingStep(
                input: try planner.numbers(input), output: output, weights: weights, size: shape[axis],
                width: Shape.product(shape.dimensions[(axis + 1)...]) ?? 0))
    }
}
