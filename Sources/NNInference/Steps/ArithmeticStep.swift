/// Elementwise arithmetic with broadcasting.
struct ArithmeticStep<Number: Scalar> {
    let function: Arithmetic.Function
    let left: Region<Number>
    let right: Region<Number>
    let output: Region<Number>
    /// Over the result; the operands' places.
    let walk: Walk

    func run() {
        switch function {
        case .add: combine { $0 + $1 }
        case .subtract: combine { $0 - $1 }
        case .multiply: combine { $0 * $1 }
        case .divide: combine { $0 / $1 }
        case .maximum: combine { $0 > $1 || $0.isNaN ? $0 : $1 }
        case .minimum: combine { $0 < $1 || $0.isNaN ? $0 : $1 }
        }
    }

    @inline(__always)
    private func combine(_ function: (Number, Number) -> Number) {
        walk.forEach { index, a, b in output[index] = function(left[a], right[b]) }
    }
}

extension Arithmetic {
    var resultStorage: ResultStorage { .inPlace(left) }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let output = try planner.result()
        let shape = planner.resultShape
        let left = Arithmetic.aligned(planner.shape(of: left), rank: shape.rank)
        let right = Arithmetic.aligned(planner.shape(of: right), rank: shape.rank)
        let (leftStrides, rightStrides) = (left.strides, right.strides)
        var walk = Walk()
        for axis in 0..<shape.rank {
            walk.append(
                size: shape[axis], first: left[axis] == 1 ? 0 : leftStrides[axis], second: right[axis] == 1 ? 0 : rightStrides[axis])
        }
        return .arithmetic(
            ArithmeticStep(
                function: function, left: try planner.numbers(self.left), right: try planner.numbers(self.right), output: output, walk: walk))
    }
}
