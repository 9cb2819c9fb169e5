/// Pooling over windows, one position of all channels at a time.
struct PoolingStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    let geometry: WindowGeometry
    let function: Pooling.Function
    let batch: Int

    var units: Int { batch * geometry.positions }

    func run(_ units: Range<Int>) {
        let channels = geometry.channels
        for unit in units {
            let image = input.base + unit / geometry.positions * geometry.imageCount
            let result = output.base + unit * channels
            var taps = 0
            geometry.forEachTap(at: unit % geometry.positions) { _, offset in
                let row = image + offset
                if taps == 0 {
                    result.update(from: row, count: channels)
                } else if function == .maximum {
                    for channel in 0..<channels {
                        // A NaN stays.
                        if row[channel] > result[channel] || row[channel].isNaN { result[channel] = row[channel] }
                    }
                } else {
                    for channel in 0..<channels { result[channel] += row[channel] }
                }
                taps += 1
            }
            if taps == 0 {
                result.update(repeating: function == .maximum ? -.infinity : 0, count: channels)
            } else if function == .mean {
                let count = Number(taps)
                for channel in 0..<channels { result[channel] /= count }
            }
        }
    }
}

extension Pooling {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let output = try planner.result()
        let geometry = try WindowGeometry(
            input: shape, output: planner.resultShape, window: window[...], strides: strides, dilation: [], padding: padding)
        return .pooling(
            PoolingStep(input: try planner.numbers(input), output: output, geometry: geometry, function: function, batch: shape[0]))
    }
}
