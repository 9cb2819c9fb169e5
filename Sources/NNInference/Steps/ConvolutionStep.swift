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
    /// Per worker: the pointers of a block, or a block of tiles.
    let scratch: Region<UInt8>
    let scratchEach: Int
    /// A padding row: one tap's channels, all zero.
    let zeros: Region<Number>
    /// Whether workers share the filters, a panel at a time, and not the positions. Each then reads its part of the weights, but all of the
    /// image, and of what it leaves behind the other cores read most.
    var splitsFilters = false
    #if canImport(CNNKernels)
        var winograd: WinogradConvolution?
    #endif

    /// Panels of filters; otherwise tiles, or rows of output, image after image.
    var units: Int { splitsFilters ? Self.panels(kernel.columns) : rows }

    /// What a batch falls into, other than filters.
    private var rows: Int {
        #if canImport(CNNKernels)
            if let winograd { return batch * winograd.tiles }
        #endif
        return batch * geometry.positions
    }

    var cost: Int { batch &* geometry.positions &* kernel.rows &* kernel.columns }

    static func panels(_ columns: Int) -> Int { (columns + TensorDescriptor.panelWidth - 1) / TensorDescriptor.panelWidth }

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

    #if canImport(CNNKernels)
        /// The rows of a depthwise kernel, if every filter reads one channel of its own.
        private var depthwiseRows: Region<Float>? {
            guard groups == geometry.channels, kernel.columns == groups, kernel.panelWidth >= kernel.columns,
                case .float(let rows) = kernel.elements
            else { return nil }
            return rows
        }

        private func runFast(_ kernels: UnsafePointer<nn_kernels>, _ units: Range<Int>, _ worker: Int) -> Bool {
            let x = UnsafePointer(input.cast(to: Float.self).base)
            let y = output.cast(to: Float.self).base
            let zero = UnsafePointer(zeros.cast(to: Float.self).base)
            let memory = UnsafeMutableRawPointer(scratch.base) + worker * scratchEach
            let width = TensorDescriptor.panelWidth
            let rows = splitsFilters ? 0..<self.rows : units
            let columns = splitsFilters ? units.lowerBound * width..<min(units.upperBound * width, kernel.columns) : 0..<kernel.columns
            if let winograd {
                winograd.run(
                    kernels, tiles: rows, filters: columns, images: input, zero: zeros, results: output, scratch: memory, epilogue)
            } else if let weights = depthwiseRows {
                runDepthwise(kernels, weights.base, rows, x, y, zero, memory)
            } else if groups == 1, let panels = kernel.panels {
                runDirect(kernels, panels, rows, columns, x, y, zero, memory)
            } else {
                return false
            }
            return true
        }

        /// Calls `body` with the units of each block, which stays within one image, then applies an activation that the kernels do not.
        private func forEachBlock(
            of size: Int, _ rows: Range<Int>, _ columns: Range<Int>, _ body: (_ image: Int, _ rows: Range<Int>, inout nn_epilogue) -> Void
        ) {
            var (fused, hasActivation) = epilogue.fused
            var row = rows.lowerBound
            while row < rows.upperBound {
                let image = row / geometry.positions
                let end = min(rows.upperBound, row + size, (image + 1) * geometry.positions)
                body(image, row..<end, &fused)
                if !hasActivation {
                    epilogue.activation.apply(
                        output.base + row * kernel.columns, rows: end - row, width: kernel.columns, columns: columns)
                }
                row = end
            }
        }

        private func runDirect(
            _ kernels: UnsafePointer<nn_kernels>, _ panels: nn_panels, _ rows: Range<Int>, _ columns: Range<Int>, _ x: UnsafePointer<Float>,
            _ y: UnsafeMutablePointer<Float>, _ zero: UnsafePointer<Float>, _ memory: UnsafeMutableRawPointer
        ) {
            let pointers = memory.assumingMemoryBound(to: UnsafePointer<Float>.self)
            let size = geometry.hasEdges ? min(geometry.output.z, ConvolutionStep.block) : ConvolutionStep.block
            forEachBlock(of: size, rows, columns) { image, rows, fused in
                var result = y + rows.lowerBound * kernel.columns
                if geometry.isPointwise {
                    return kernels.pointee.matmul(
                        x + rows.lowerBound * geometry.channels, geometry.channels, panels, rows.count, geometry.channels, kernel.columns,
                        columns.lowerBound, columns.upperBound, result, kernel.columns, &fused)
                }
                let (pixels, first) = (x + image * geometry.imageCount, image * geometry.positions)
                var left = rows.lowerBound - first..<rows.upperBound - first
                while !left.isEmpty {
                    let (positions, joined) = geometry.alike(left)
                    let along = joined ? geometry.window.z : 1
                    geometry.fill(pointers, positions: positions, image: pixels, outside: zero, joined: joined)
                    kernels.pointee.conv_taps(
                        pointers, 0, zero, panels, positions.count, geometry.taps / along, along * geometry.channels, kernel.columns,
                        columns.lowerBound, columns.upperBound, result, kernel.columns, &fused)
                    result += positions.count * kernel.columns
                    left = positions.upperBound..<left.upperBound
                }
            }
        }

        private func runDepthwise(
            _ kernels: UnsafePointer<nn_kernels>, _ weights: UnsafePointer<Float>, _ rows: Range<Int>, _ x: UnsafePointer<Float>,
            _ y: UnsafeMutablePointer<Float>, _ zero: UnsafePointer<Float>, _ memory: UnsafeMutableRawPointer
        ) {
            let pointers = memory.assumingMemoryBound(to: UnsafePointer<Float>.self)
            let lines = geometry.lines
            forEachBlock(of: lines == nil ? ConvolutionStep.block : geometry.positions, rows, 0..<kernel.columns) { image, rows, fused in
                let (pixels, first) = (x + image * geometry.imageCount, image * geometry.positions)
                let positions = rows.lowerBound - first..<rows.upperBound - first
                let result = y + rows.lowerBound * kernel.columns
                if var lines {
                    kernels.pointee.depthwise_lines(
                        &lines, pixels, weights, positions.lowerBound, positions.upperBound, result, kernel.columns, &fused)
                } else {
                    geometry.fill(pointers, positions: positions, image: pixels, outside: zero, joined: false)
                    kernels.pointee.depthwise(
                        pointers, 0, zero, weights, rows.count, geometry.taps, geometry.channels, result, kernel.columns, &fused)
                }
            }
        }
    #endif

    static func pointerBytes(taps: Int) -> Int { block * taps * MemoryLayout<UnsafeRawPointer>.stride }
}

extension Convolution {
    private func geometry<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> WindowGeometry {
        let window = planner.tensors[kernel.index].shape.dropLast(2)
        return try WindowGeometry(
            input: planner.shape(of: input), output: planner.resultShape, window: window, strides: strides, dilation: dilation, padding: padding)
    }

    #if canImport(CNNKernels)
        /// Winograd's method for this convolution, if it is the fastest.
        private func winograd<Number: Scalar>(_ planner: Planner<Number>, _ geometry: WindowGeometry) -> WinogradConvolution? {
            let filters = planner.resultShape.dimensions.last ?? 0
            let weights = planner.tensors[kernel.index]
            guard planner.isAccelerated, groups == 1, weights.elementType == .float32,
                weights.layout == .panels || filters <= TensorDescriptor.panelWidth,
                let winograd = WinogradConvolution(geometry, filters: filters, batch: planner.shape(of: input)[0]),
                winograd.weightCount <= planner.memoryLimit / 64
            else { return nil }
            return winograd
        }
    #endif

    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        #if canImport(CNNKernels)
            if let winograd = winograd(planner, try geometry(planner)) {
                return try Dimension.multiply(try Memory.aligned(winograd.scratchBytes), planner.workers)
            }
        #endif
        let window = planner.tensors[kernel.index].shape.dropLast(2)
        return try planner.pointerBytes(ConvolutionStep<Number>.pointerBytes(taps: 1), taps: window)
    }

    func weightUse<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> WeightUse? {
        #if canImport(CNNKernels)
            if let winograd = winograd(planner, try geometry(planner)) {
                return WeightUse(
                    bytes: try Dimension.multiply(winograd.weightCount, MemoryLayout<Float>.stride), rows: planner.shape(of: input)[0] * winograd.tiles)
            }
        #endif
        return nil
    }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let output = try planner.result()
        let geometry = try geometry(planner)
        // A depthwise kernel's last two dimensions together are the filters.
        let columns = planner.resultShape.dimensions.last
        // Kernels with groups are few numbers, and read one by one.
        let matrix = try planner.matrix(kernel, columns: columns, widening: groups > 1)
        let scratch = planner.scratch()
        var step = ConvolutionStep(
            input: try planner.numbers(input), kernel: matrix, output: output, geometry: geometry, groups: groups, batch: planner.shape(of: input)[0],
            epilogue: try planner.epilogue(epilogue, channels: matrix.columns), accelerator: planner.accelerator, scratch: scratch,
            scratchEach: scratch.count / planner.workers, zeros: try planner.zeros(geometry.window.z * geometry.channels))
        #if canImport(CNNKernels)
            guard let kernels = planner.accelerator.kernels(for: Number.self), groups == 1, let panels = matrix.panels else { return .convolution(step) }
            if var winograd = winograd(planner, geometry) {
                let weights = try planner.floats(winograd.weightCount)
                if !planner.allocations.isRepeating {
                    kernels.pointee.winograd_weights(
                        winograd.shape.tile, panels.elements.assumingMemoryBound(to: Float.self), geometry.channels, matrix.columns, weights.base)
                }
                winograd.weights = weights
                step.winograd = winograd
            }
            // A line that another core wrote comes some five times as slowly as one from memory: it is images against weights.
            let isBalanced = planner.workers > 1 && ConvolutionStep<Number>.panels(matrix.columns) % planner.workers == 0
            let weights = step.winograd?.weightCount ?? matrix.rows * matrix.columns
            step.splitsFilters = isBalanced && weights / 5 >= step.input.count + step.output.count
        #endif
        return .convolution(step)
    }
}
