/// Centres and scales by stored statistics: `(x - centre) * scale + shift`, with vectors that run along some axes.
struct StandardizationStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    /// Over the input; the first operand is the place in the vectors.
    let walk: Walk
    let centre: Region<Number>
    let scale: Region<Number>
    let shift: Region<Number>

    func run() {
        walk.forEach { index, channel, _ in
            output[index] = (input[index] - centre[channel]) * scale[channel] + shift[channel]
        }
    }
}

extension Standardization {
    var resultStorage: ResultStorage { .inPlace(input) }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let vectors = try planner.vectors(statistics)
        return .standardization(
            StandardizationStep(
                input: try planner.numbers(input), output: try planner.result(), walk: shape.walk(along: axes), centre: vectors.centre,
                scale: vectors.scale, shift: vectors.shift))
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
