/// Normalises each slice by its own statistics.
struct NormalizationStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    let rule: Normalization.Rule
    let epsilon: Number
    let gamma: Region<Number>?
    let beta: Region<Number>?
    /// Where each slice begins in the value (first) and in gamma and beta (second), and the elements of a slice likewise.
    let slices: Walk
    let elements: Walk

    func run() {
        slices.forEach { _, start, parameters in normalize(start, parameters) }
    }

    private func normalize(_ start: Int, _ parameters: Int) {
        let count = Number(elements.count)
        var mean: Number = 0
        var factor: Number
        switch rule {
        case .layer, .layerScaleOnly, .group:
            elements.forEach { _, offset, _ in mean += input[start + offset] }
            mean /= count
            var squares: Number = 0
            elements.forEach { _, offset, _ in
                let deviation = input[start + offset] - mean
                squares += deviation * deviation
            }
            factor = 1 / Number.sqrt(squares / count + epsilon)
            if rule == .layerScaleOnly { mean = 0 }
        case .rootMeanSquare, .unit:
            var squares: Number = 0
            elements.forEach { _, offset, _ in squares += input[start + offset] * input[start + offset] }
            factor = 1 / Number.sqrt(rule == .unit ? max(squares, epsilon) : squares / count + epsilon)
        }
        elements.forEach { _, offset, parameter in
            var x = (input[start + offset] - mean) * factor
            if let gamma { x *= gamma[parameters + parameter] }
            if let beta { x += beta[parameters + parameter] }
            output[start + offset] = x
        }
    }
}

extension Normalization {
    var resultStorage: ResultStorage { .inPlace(input) }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let strides = shape.strides
        let chosen = axes.axes
        let parameterStrides = Shape(chosen.map { shape[$0] }).strides
        var slices = Walk()
        var elements = Walk()
        for axis in 0..<shape.rank {
            let parameter = chosen.firstIndex(of: axis).map { parameterStrides[$0] } ?? 0
            if rule == .group, axis > 0 {
                // A group is a run of channels over every other axis.
                if axes.contains(axis) {
                    let size = shape[axis] / groups
                    slices.append(size: groups, first: strides[axis] * size, second: size)
                    elements.append(size: size, first: strides[axis], second: parameter)
                } else {
                    elements.append(size: shape[axis], first: strides[axis])
                }
            } else if axes.contains(axis) {
                elements.append(size: shape[axis], first: strides[axis], second: parameter)
            } else {
                slices.append(size: shape[axis], first: strides[axis])
            }
        }
        return .normalization(
            NormalizationStep(
                input: try planner.numbers(input), output: try planner.result(), rule: rule, epsilon: Number(epsilon),
                gamma: try planner.vector(gamma), beta: try planner.vector(beta), slices: slices, elements: elements))
    }
}
