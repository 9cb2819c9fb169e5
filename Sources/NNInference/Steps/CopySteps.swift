/// Copies rows from one strided place to another: transposition, cropping, padding, reversal, repetition and concatenation.
struct CopyStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    /// Over the elements copied: where each is in the input (first) and goes in the output (second).
    let walk: Walk
    let inputStart: Int
    let outputStart: Int
    /// Written everywhere first.
    let fill: Number?

    func run() {
        if let fill { output.fill(fill) }
        let columns = walk.rowCount
        let strides = walk.rowStrides
        walk.forEachRow { _, from, to in
            let source = input.base + inputStart + from
            let target = output.base + outputStart + to
            if strides.first == 1, strides.second == 1 {
                target.update(from: source, count: columns)
            } else {
                for column in 0..<columns { target[column * strides.second] = source[column * strides.first] }
            }
        }
    }
}

extension Transposition {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let output = try planner.result()
        let result = planner.resultShape
        var walk = Walk()
        for (axis, source) in ([0] + order).enumerated() {
            walk.append(size: result[axis], first: shape.strides[source], second: result.strides[axis])
        }
        return .copy(CopyStep(input: try planner.numbers(input), output: output, walk: walk, inputStart: 0, outputStart: 0, fill: nil))
    }
}

extension Cropping {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let strides = planner.shape(of: input).strides
        let output = try planner.result()
        let result = planner.resultShape
        var walk = Walk()
        var start = 0
        for axis in 0..<result.rank {
            walk.append(size: result[axis], first: strides[axis], second: result.strides[axis])
            if axis > 0 { start += before[axis - 1] * strides[axis] }
        }
        return .copy(CopyStep(input: try planner.numbers(input), output: output, walk: walk, inputStart: start, outputStart: 0, fill: nil))
    }
}

extension Padding {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let output = try planner.result()
        let strides = planner.resultShape.strides
        var walk = Walk()
        var start = 0
        for axis in 0..<shape.rank {
            walk.append(size: shape[axis], first: shape.strides[axis], second: strides[axis])
            if axis > 0 { start += before[axis - 1] * strides[axis] }
        }
        return .copy(
            CopyStep(input: try planner.numbers(input), output: output, walk: walk, inputStart: 0, outputStart: start, fill: Number(value)))
    }
}

extension Reversal {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let strides = shape.strides
        var walk = Walk()
        for index in 0..<shape.rank {
            walk.append(size: shape[index], first: index == axis ? -strides[index] : strides[index], second: strides[index])
        }
        return .copy(
            CopyStep(
                input: try planner.numbers(input), output: try planner.result(), walk: walk,
                inputStart: max(shape[axis] - 1, 0) * strides[axis], outputStart: 0, fill: nil))
    }
}

extension Repetition {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let output = try planner.result()
        let strides = planner.resultShape.strides
        // The repeated axis is two in the result: the source's, and the copies of each slice. Axes outside and inside it are
        // contiguous in both, so that few remain.
        var walk = Walk()
        walk.append(size: Shape.product(shape.dimensions[..<axis]) ?? 0, first: shape[axis] * shape.strides[axis], second: planner.resultShape[axis] * strides[axis])
        walk.append(size: shape[axis], first: shape.strides[axis], second: count * strides[axis])
        walk.append(size: count, first: 0, second: strides[axis])
        walk.append(size: Shape.product(shape.dimensions[(axis + 1)...]) ?? 0, first: 1, second: 1)
        return .copy(CopyStep(input: try planner.numbers(input), output: output, walk: walk, inputStart: 0, outputStart: 0, fill: nil))
    }
}

extension Concatenation {
    func makeSteps<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> [Step<Number>] {
        let output = try planner.result()
        let strides = planner.resultShape.strides
        var steps: [Step<Number>] = []
        var start = 0
        for input in inputs {
            let shape = planner.shape(of: input)
            var walk = Walk()
            for index in 0..<shape.rank { walk.append(size: shape[index], first: shape.strides[index], second: strides[index]) }
            steps.append(
                .copy(CopyStep(input: try planner.numbers(input), output: output, walk: walk, inputStart: 0, outputStart: start, fill: nil)))
            start += shape[axis] * strides[axis]
        }
        return steps
    }
}
