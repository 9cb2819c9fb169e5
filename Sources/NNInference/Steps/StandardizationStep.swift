#if canImport(CNNKernels)
    import CNNKernels
#endif

/// Centres and scales by stored statistics: `(x - centre) * scale + shift`, with vectors that run along some axes.
struct StandardizationStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    /// Over the input; the first operand is the place in the vectors.
    let walk: Walk
    let centre: Region<Number>
    let scale: Region<Number>
    let shift: Region<Number>
    let accelerator: Accelerator
    /// `shift - centre * scale` where that is what Keras computes with too, so that one multiply-add does it.
    let shiftAtZero: Region<Number>?

    func run() {
        // The vectors run along the last axes: row after row of the value meets all of them.
        if walk.rowStrides.first == 1, walk.rowCount == centre.count { return runRows() }
        walk.forEach { index, channel, _ in
            output[index] = (input[index] - centre[channel]) * scale[channel] + shift[channel]
        }
    }

    private func runRows() {
        let count = centre.count
        let rows = input.count / max(count, 1)
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self), let shiftAtZero {
                var epilogue = nn_epilogue(
                    scale: scale.cast(to: Float.self).base, shift: shiftAtZero.cast(to: Float.self).base, lower: -.infinity, upper: .infinity,
                    accumulate: 0)
                return kernels.pointee.scale_shift(
                    input.cast(to: Float.self).base, count, output.cast(to: Float.self).base, count, rows, count, &epilogue)
            }
        #endif
        for row in 0..<rows {
            let (x, y) = (input.base + row * count, output.base + row * count)
            for channel in 0..<count { y[channel] = (x[channel] - centre.base[channel]) * scale.base[channel] + shift.base[channel] }
        }
    }
}

extension Standardization {
    var resultStorage: ResultStorage { .inPlace(input) }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let vectors = try planner.vectors(statistics)
        var shiftAtZero: Region<Number>?
        if statistics.rule == .addedEpsilon, planner.isAccelerated {
            let shift = try planner.zeros(vectors.shift.count)
            for index in 0..<shift.count { shift[index] = vectors.shift[index] - vectors.centre[index] * vectors.scale[index] }
            shiftAtZero = shift
        }
        return .standardization(
            StandardizationStep(
                input: try planner.numbers(input), output: try planner.result(), walk: shape.walk(along: axes), centre: vectors.centre,
                scale: vectors.scale, shift: vectors.shift, accelerator: planner.accelerator, shiftAtZero: shiftAtZero))
    }
}

extension Shape {
    /// A walk over all elements whose first operand is the place in a tensor shaped like `axes`.
    func walk(along axes: AxisSet) -> Walk {
        let chosen = axes.axes
        let strides = Shape(chosen.map { dimensions[$0] }).strides
        var walk = Walk()
        for axis in 0..<rank {
            let stride = chosen.firstIndex(of: axis).map { strides[$0] } ?? 0
            walk.append(size: dimensions[axis], first: stride)
        }
        return walk
    }
}
