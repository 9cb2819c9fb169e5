#if canImport(CNNKernels)
    import CNNKernels
#endif

/// A transposed convolution, computed position by position from the taps that reach it, so that no two workers add to the same sum.
struct TransposedConvolutionStep<Number: Scalar> {
    /// Positions whose row pointers are made at a time.
    static var block: Int { 48 }

    let input: Region<Number>
    /// `[taps * filters, channels]` as stored.
    let kernel: Matrix<Number>
    let filters: Int
    let output: Region<Number>
    let window: TransposedWindow
    let batch: Int
    let epilogue: EpilogueStep<Number>
    let accelerator: Accelerator
    /// For the leaf kernels: phase by phase panels of a matrix `[taps of the phase * channels, filters]`.
    let phaseKernels: Region<Float>?
    /// Per worker: the pointers of a block.
    let scratch: Region<UInt8>
    let zeros: Region<Number>

    /// Positions of output, image after image.
    var units: Int { batch * window.positions }

    func run(_ units: Range<Int>, worker: Int) {
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self), let phaseKernels {
                return runFast(kernels, phaseKernels, units, worker)
            }
        #endif
        for unit in units {
            let image = unit / window.positions
            let place = window.place(unit % window.positions)
            let sums = output.base + (image * window.positions + place.position) * filters
            sums.update(repeating: 0, count: filters)
            let pixels = input.base + image * window.imageCount
            window.forEachTap(at: place) { tap, offset in
                guard let offset else { return }
                for filter in 0..<filters { sums[filter] += kernel.product(row: tap * filters + filter, factors: pixels + offset) }
            }
            epilogue.finish(sums, columns: 0..<filters)
        }
    }

    #if canImport(CNNKernels)
        private func runFast(_ kernels: UnsafePointer<nn_kernels>, _ weights: Region<Float>, _ units: Range<Int>, _ worker: Int) {
            let pointers = UnsafeMutableRawPointer(scratch.base)
                .advanced(by: worker * TransposedConvolutionStep.pointerBytes(taps: mostTaps))
                .assumingMemoryBound(to: UnsafePointer<Float>.self)
            let zero = UnsafePointer(zeros.cast(to: Float.self).base)
            let x = input.cast(to: Float.self).base
            let y = output.cast(to: Float.self).base
            var (fused, hasActivation) = epilogue.fused
            let distance = window.width.stride * filters
            var unit = units.lowerBound
            while unit < units.upperBound {
                let image = unit / window.positions
                let first = window.place(unit % window.positions)
                // A block is a run of neighbours in one line's phase.
                let left = window.width.count(ofPhase: first.width.phase) - first.width.index
                let count = min(left, units.upperBound - unit, TransposedConvolutionStep.block)
                let taps = window.tapCount(first)
                let base = UnsafePointer(x + image * window.imageCount)
                var row = pointers
                var place = first
                for _ in 0..<count {
                    var tap = 0
                    window.forEachTap(at: place) { _, offset in
                        row[tap] = offset.map { base + $0 } ?? zero
                        tap += 1
                    }
                    row += taps
                    place.width.index += 1
                }
                let start = (image * window.positions + first.position) * filters
                if taps > 0 {
                    let panels = nn_panels(
                        elements: weights.base + window.taps(before: first) * window.channels * filters, number: NN_FLOAT32)
                    kernels.pointee.conv_taps(
                        pointers, 0, zero, panels, count, taps,
                        window.channels, filters, 0, filters, y + start, distance, &fused)
                }
                for position in 0..<count where taps == 0 || !hasActivation {
                    let sums = output.base + start + position * distance
                    if taps == 0 {
                        sums.update(repeating: 0, count: filters)
                        epilogue.finish(sums, columns: 0..<filters)
                    } else {
                        epilogue.activation.apply(sums, count: filters)
                    }
                }
                unit += count
            }
        }
    #endif

    private var mostTaps: Int { window.depth.mostTaps * window.height.mostTaps * window.width.mostTaps }

    static func pointerBytes(taps: Int) -> Int { block * max(taps, 1) * MemoryLayout<UnsafeRawPointer>.stride }
}

extension TransposedConvolution {
    private func window<Number: Scalar>(_ planner: Planner<Number>) -> TransposedWindow {
        TransposedWindow(
            self, input: planner.shape(of: input), output: planner.resultShape, window: planner.tensors[kernel.index].shape.dropLast(2))
    }

    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        guard planner.isAccelerated else { return 0 }
        let taps = Shape.product(planner.tensors[kernel.index].shape.dropLast(2)) ?? 0
        let bytes = saturatingProduct(taps, TransposedConvolutionStep<Number>.pointerBytes(taps: 1), planner.workers)
        guard let bytes = Int(exactly: bytes) else { throw ProgramError(.overflow) }
        return bytes
    }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let window = window(planner)
        let kernelShape = planner.tensors[kernel.index].shape
        let filters = kernelShape[kernelShape.count - 2]
        let matrix = try planner.matrix(kernel, widening: true)
        return .transposedConvolution(
            TransposedConvolutionStep(
                input: try planner.numbers(input), kernel: matrix, filters: filters, output: try planner.result(), window: window,
                batch: planner.shape(of: input)[0], epilogue: try planner.epilogue(epilogue, channels: filters),
                accelerator: planner.accelerator, phaseKernels: try phaseKernels(matrix, filters, window, planner),
                scratch: planner.scratch(), zeros: try planner.zeros(window.channels)))
    }

    /// The kernel in the order of the leaf kernels; nil without them.
    private func phaseKernels<Number: Scalar>(
        _ kernel: Matrix<Number>, _ filters: Int, _ window: TransposedWindow, _ planner: Planner<Number>
    ) throws(ProgramError) -> Region<Float>? {
        guard planner.isAccelerated, case .float(let source) = kernel.elements else { return nil }
        let channels = window.channels
        let taps = window.depth.taps.count * window.height.taps.count * window.width.taps.count
        let panels = try planner.floats(try Dimension.multiply(taps * channels, filters))
        guard !planner.allocations.isRepeating else { return panels }
        let width = TensorDescriptor.panelWidth
        for depth in window.depth.phases {
            for height in window.height.phases {
                for column in window.width.phases {
                    let place = TransposedWindow.Place(depth: (depth, 0), height: (height, 0), width: (column, 0), position: 0)
                    let rows = window.tapCount(place) * channels
                    let target = panels.from(window.taps(before: place) * channels * filters)
                    var row = 0
                    window.forEachTap(at: place) { tap, _ in
                        for filter in 0..<filters {
                            let panel = filter / width * width
                            let panelWidth = min(width, filters - panel)
                            for channel in 0..<channels {
                                target[rows * panel + (row + channel) * panelWidth + filter - panel] =
                                    source[(tap * filters + filter) * channels + channel]
                            }
                        }
                        row += channels
                    }
                }
            }
        }
        return panels
    }
}
