/// Pooling over the cells of a grid, all channels of a cell at a time.
struct AdaptivePoolingStep<Number: Scalar> {
    typealias Extents = SIMD3<Int>

    let input: Region<Number>
    let output: Region<Number>
    let function: Pooling.Function
    /// Elements and cells along depth, height and width; 1 where there is no such axis.
    let elements: Extents
    let cells: Extents
    let channels: Int
    let batch: Int

    private var cellCount: Int { cells.x * cells.y * cells.z }
    var units: Int { batch * cellCount }
    /// Elements that are looked at.
    var cost: Int { input.count }

    func run(_ units: Range<Int>) {
        for unit in units {
            let image = input.base + unit / cellCount * (elements.x * elements.y * elements.z * channels)
            let cell = unit % cellCount
            let planes = range(cell / (cells.y * cells.z), axis: 0)
            let rows = range(cell / cells.z % cells.y, axis: 1)
            let columns = range(cell % cells.z, axis: 2)
            let result = output.base + unit * channels
            result.update(repeating: function == .maximum ? -.infinity : 0, count: channels)
            for plane in planes {
                for row in rows {
                    for column in columns {
                        add(image + ((plane * elements.y + row) * elements.z + column) * channels, to: result)
                    }
                }
            }
            guard function == .mean else { continue }
            let count = Number(planes.count * rows.count * columns.count)
            for channel in 0..<channels { result[channel] /= count }
        }
    }

    private func add(_ pixel: UnsafeMutablePointer<Number>, to result: UnsafeMutablePointer<Number>) {
        for channel in 0..<channels {
            switch function {
            // A NaN stays.
            case .maximum: if pixel[channel] > result[channel] || pixel[channel].isNaN { result[channel] = pixel[channel] }
            case .mean: result[channel] += pixel[channel]
            }
        }
    }

    /// The elements of a cell: `floor(i * n / m)` to `ceil((i + 1) * n / m)`.
    private func range(_ cell: Int, axis: Int) -> Range<Int> {
        // n / m and its remainder apart, so that nothing overflows.
        let (whole, rest) = elements[axis].quotientAndRemainder(dividingBy: cells[axis])
        let (start, end) = (rest.multipliedFullWidth(by: cell), rest.multipliedFullWidth(by: cell + 1))
        let first = cells[axis].dividingFullWidth(start).quotient
        let (last, over) = cells[axis].dividingFullWidth(end)
        return whole * cell + first..<whole * (cell + 1) + last + (over > 0 ? 1 : 0)
    }
}

extension AdaptivePooling {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        var elements = AdaptivePoolingStep<Number>.Extents(repeating: 1)
        var cells = AdaptivePoolingStep<Number>.Extents(repeating: 1)
        for axis in self.cells.indices {
            elements[3 - self.cells.count + axis] = shape[axis + 1]
            cells[3 - self.cells.count + axis] = self.cells[axis]
        }
        return .adaptivePooling(
            AdaptivePoolingStep(
                input: try planner.numbers(input), output: try planner.result(), function: function, elements: elements, cells: cells,
                channels: shape[shape.rank - 1], batch: shape[0]))
    }
}
