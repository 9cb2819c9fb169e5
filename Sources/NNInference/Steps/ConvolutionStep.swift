#if canImport(CNNKernels)
    import CNNKernels
#endif

/// Convolution: each position's sums are accumulated tap by tap; the leaf kernels do a block of positions at a time, reading the
/// image through pointers to its rows so that no copy of it is made.
struct ConvolutionStep<Number: Scalar> {
    /// Positions whose row pointers are made at a time: as many as the leaf kernel keeps in the cache.
    static var block: Int { 96 }

    let input: Region<Number>
    let kernel: Matrix<Number>
    let output: Region<Number>
    let geometry: WindowGeometry
    let groups: Int
    let batch: Int
    let epilogue: EpilogueStep<Number>
    let accelerator: Accelerator
    /// Per worker: the pointers of a block.
    let scratch: Region<UInt8>
    /// A padding row: one tap's channels, all zero.
    let zeros: Region<Number>

    /// Rows of output, image after image.
    var units: Int { batch * geometry.positions }

    func run(_ units: Range<Int>, worker: Int) {
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self), runFast(kernels, units, worker) { return }
        #endif
        let filters = kernel.columns / groups
        let depth = geometry.channels / groups
        for unit in units {
            let image = input.base + unit / geometry.positions * geometry.imageCount
            let sums = output.base + unit * kernel.columns
            sums.update(repeating: 0, count: kernel.columns)
            geometry.forEachTap(at: unit % geometry.positions) { tap, offset in
                for group in 0..<groups {
                    kernel.accumulate(
                        rows: tap * depth..<(tap + 1) * depth, columns: group * filters..<(group + 1) * filters,
                        factors: image + offset + group * depth, into: sums + group * filters)
                }
            }
            epilogue.finish(sums, columns: 0..<kernel.columns)
        }
    }

    /// Whether every filter reads one channel of its own.
    private var isDepthwise: Bool { groups == geometry.channels && kernel.columns == groups }

    #if canImport(CNNKernels)
        private func runFast(_ kernels: UnsafePointer<nn_kernels>, _ units: Range<Int>, _ worker: Int) -> Bool {
            let panels = groups == 1 ? kernel.panels : nil
            let rows: Region<Float>? = if case .float(let rows) = kernel.elements, isDepthwise, kernel.panelWidth >= kernel.columns { rows } else { nil }
            guard panels != nil || rows != nil else { return false }
            let x = UnsafePointer(input.cast(to: Float.self).base)
            let y = output.cast(to: Float.self).base
            var (fused, hasActivation) = epilogue.fused
            let pointers = UnsafeMutableRawPointer(scratch.base)
                .advanced(by: worker * ConvolutionStep.pointerBytes(taps: geometry.taps))
                .assumingMemoryBound(to: UnsafePointer<Float>.self)
            let zero = UnsafePointer(zeros.cast(to: Float.self).base)
            let joins = geometry.hasWholeRows && !isDepthwise
            var unit = units.lowerBound
            while unit < units.upperBound {
                // A block stays within one image.
                let image = unit / geometry.positions
                let end = min(units.upperBound, unit + ConvolutionStep.block, (image + 1) * geometry.positions)
                let result = y + unit * kernel.columns
                if geometry.isPointwise, let panels {
                    kernels.pointee.matmul(
                        x + unit * geometry.channels, geometry.channels, panels, end - unit, geometry.channels, kernel.columns, 0,
                        kernel.columns, result, kernel.columns, &fused)
                } else {
                    let first = image * geometry.positions
                    geometry.fill(
                        pointers, positions: unit - first..<end - first, image: x + image * geometry.imageCount, outside: zero, joined: joins)
                    if let rows {
                        kernels.pointee.depthwise(
                            pointers, 0, zero, rows.base, end - unit, geometry.taps, geometry.channels, result, kernel.columns, &fused)
                    } else if let panels {
                        let along = joins ? geometry.window.z : 1
                        kernels.pointee.conv_taps(
                            pointers, 0, zero, panels, end - unit, geometry.taps / along, along * geometry.channels, kernel.columns, 0,
                            kernel.columns, result, kernel.columns, &fused)
                    }
                }
                if !hasActivation {
                    epilogue.activation.apply(output.base + unit * kernel.columns, count: (end - unit) * kernel.columns)
                }
                unit = end
            }
            return true
        }
    #endif

    static func pointerBytes(taps: Int) -> Int { block * taps * MemoryLayout<UnsafeRawPointer>.stride }
}

extension Convolution {
    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        let window = planner.tensors[kernel.index].shape.dropLast(2)
        return try planner.pointerBytes(ConvolutionStep<Number>.pointerBytes(taps: 1), taps: window)
    }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let output = try planner.result()
        let window = planner.tensors[kernel.index].shape.dropLast(2)
        let geometry = try WindowGeometry(
            input: shape, output: planner.resultShape, window: window, strides: strides, dilation: dilation, padding: padding)
        // A depthwise kernel's last two dimensions together are the filters.
        let columns = planner.resultShape.dimensions.last
        // Kernels with groups are few numbers, and read one by one.
        let matrix = try planner.matrix(kernel, columns: columns, widening: groups > 1)
        return .convolution(
            ConvolutionStep(
                input: try planner.numbers(input), kernel: matrix, output: output, geometry: geometry, groups: groups, batch: shape[0],
                epilogue: try planner.epilogue(epilogue, channels: matrix.columns), accelerator: planner.accelerator,
                scratch: planner.scratch(), zeros: try planner.zeros(geometry.window.z * geometry.channels)))
    }
}
