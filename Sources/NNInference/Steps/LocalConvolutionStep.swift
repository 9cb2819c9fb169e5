/// A convolution whose kernel is another one at every position.
struct LocalConvolutionStep<Number: Scalar> {
    let input: Region<Number>
    /// Position after position, tap after tap: `[positions * taps * channels, filters]`.
    let kernel: Matrix<Number>
    let output: Region<Number>
    let geometry: WindowGeometry
    let batch: Int

    /// Rows of output, image after image.
    var units: Int { batch * geometry.positions }

    func run(_ units: Range<Int>) {
        let filters = kernel.columns
        let channels = geometry.channels
        for unit in units {
            let image = input.base + unit / geometry.positions * geometry.imageCount
            let position = unit % geometry.positions
            let first = position * geometry.taps * channels
            let sums = output.base + unit * filters
            sums.update(repeating: 0, count: filters)
            geometry.forEachTap(at: position) { tap, offset in
                let row = first + tap * channels
                kernel.accumulate(rows: row..<row + channels, columns: 0..<filters, factors: image + offset, into: sums)
            }
        }
    }
}

extension LocalConvolution {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let output = try planner.result()
        let geometry = try WindowGeometry(
            input: shape, output: planner.resultShape, window: window[...], strides: strides, dilation: [], padding: .valid)
        return .localConvolution(
            LocalConvolutionStep(
                input: try planner.numbers(input), kernel: try planner.matrix(kernel), output: output, geometry: geometry, batch: shape[0]))
    }
}
