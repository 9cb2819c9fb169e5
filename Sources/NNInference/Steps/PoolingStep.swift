#if canImport(CNNKernels)
    import CNNKernels
#endif

/// Pooling over windows, one position of all channels at a time.
struct PoolingStep<Number: Scalar> {
    /// Positions whose row pointers are made at a time.
    static var block: Int { 48 }

    let input: Region<Number>
    let output: Region<Number>
    let geometry: WindowGeometry
    let function: Pooling.Function
    let batch: Int
    let accelerator: Accelerator
    /// Per worker: the pointers of a block.
    let scratch: Region<UInt8>
    /// What the leaf kernel divides the sums of a block by where no window reaches out of the image.
    let counts: Region<Number>

    var units: Int { batch * geometry.positions }

    func run(_ units: Range<Int>, worker: Int) {
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self) { return runFast(kernels, units, worker) }
        #endif
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

    #if canImport(CNNKernels)
        private func runFast(_ kernels: UnsafePointer<nn_kernels>, _ units: Range<Int>, _ worker: Int) {
            let channels = geometry.channels
            let rows = UnsafeMutableRawPointer(scratch.base)
                .advanced(by: worker * PoolingStep.pointerBytes(taps: geometry.taps))
                .assumingMemoryBound(to: UnsafePointer<Float>.self)
            let x = UnsafePointer(input.cast(to: Float.self).base)
            let y = output.cast(to: Float.self).base
            let counts = counts.cast(to: Float.self).base
            let isInside = geometry.isInside
            var unit = units.lowerBound
            while unit < units.upperBound {
                let image = unit / geometry.positions
                let pixels = x + image * geometry.imageCount
                let position = unit - image * geometry.positions
                var (count, taps) = (1, 0)
                if isInside {
                    count = min(units.upperBound - unit, PoolingStep.block, geometry.positions - position)
                    taps = geometry.taps
                    geometry.fill(rows, positions: position..<position + count, image: pixels, outside: x, joined: false)
                } else {
                    // Taps outside the image are left out: they are neither maximum nor part of a mean.
                    geometry.forEachTap(at: position) { _, offset in
                        rows[taps] = pixels + offset
                        taps += 1
                    }
                }
                let result = y + unit * channels
                if function == .maximum {
                    kernels.pointee.pool_max(rows, 0, count, taps, channels, result, channels)
                } else if isInside {
                    kernels.pointee.pool_avg(rows, 0, nil, counts, count, taps, channels, result, channels)
                } else {
                    var number = Float(max(taps, 1))
                    kernels.pointee.pool_avg(rows, 0, nil, &number, 1, taps, channels, result, channels)
                }
                unit += count
            }
        }
    #endif

    static func pointerBytes(taps: Int) -> Int { block * taps * MemoryLayout<UnsafeRawPointer>.stride }
}

extension Pooling {
    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        try planner.pointerBytes(PoolingStep<Number>.pointerBytes(taps: 1), taps: window[...])
    }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let output = try planner.result()
        let geometry = try WindowGeometry(
            input: shape, output: planner.resultShape, window: window[...], strides: strides, dilation: [], padding: padding)
        let counts = try planner.zeros(planner.isAccelerated ? PoolingStep<Number>.block : 0)
        counts.fill(Number(geometry.taps))
        return .pooling(
            PoolingStep(
                input: try planner.numbers(input), output: output, geometry: geometry, function: function, batch: shape[0],
                accelerator: planner.accelerator, scratch: planner.scratch(), counts: counts))
    }
}
