#if canImport(CNNKernels)
    import CNNKernels
#endif

/// A matrix product or convolution with int8 weights whose input is quantised on the way: the leaf kernels sum whole numbers, exactly.
struct QuantizedProductStep<Number: Scalar> {
    /// Rows whose quantised inputs are kept at a time, and positions whose row pointers are.
    static var block: Int { 96 }

    let input: Region<Number>
    let kernel: Matrix<Number>
    let output: Region<Number>
    /// Nil for a matrix product.
    let geometry: WindowGeometry?
    /// Rows of output.
    let rows: Int
    let epilogue: EpilogueStep<Number>
    let accelerator: Accelerator
    let scratch: QuantizedScratch
    let memory: Region<UInt8>
    let prepared: PreparedWeights?
    /// Whether work is split over rows; otherwise over panels of columns.
    let splitsRows: Bool

    var units: Int { splitsRows ? rows : (kernel.columns + TensorDescriptor.panelWidth - 1) / TensorDescriptor.panelWidth }

    var cost: Int { rows &* kernel.rows &* kernel.columns }

    func run(_ units: Range<Int>, worker: Int) {
        let width = TensorDescriptor.panelWidth
        let rows = splitsRows ? units : 0..<self.rows
        let columns = splitsRows ? 0..<kernel.columns : units.lowerBound * width..<min(units.upperBound * width, kernel.columns)
        let place = memory.base + worker * scratch.bytes
        guard let geometry else {
            for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.block) {
                product(rows: first..<min(first + Self.block, rows.upperBound), columns, place)
            }
            return
        }
        // A block stays within one image.
        var first = rows.lowerBound
        while first < rows.upperBound {
            let image = first / geometry.positions
            let end = min(rows.upperBound, (image + 1) * geometry.positions)
            convolution(geometry, image: image, positions: first - image * geometry.positions..<end - image * geometry.positions, columns, place)
            first = end
        }
    }

    /// `factor` makes whole numbers of numbers up to `largest`, `inverse` undoes it.
    private func factors(largest: Number) -> (factor: Number, inverse: Number) {
        // A NaN is not larger: the row counts as zeros, times NaN.
        (largest > Number(QuantizedRows.smallest) ? Number(QuantizedRows.largest) / largest : 0, largest / Number(QuantizedRows.largest))
    }

    // MARK: Portable

    private func product(rows: Range<Int>, _ columns: Range<Int>, _ place: UnsafeMutablePointer<UInt8>) {
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self), let prepared {
                return fastProduct(kernels, prepared, rows: rows, columns, place)
            }
        #endif
        let whole = UnsafeMutableRawPointer(place).assumingMemoryBound(to: Number.self)
        for row in rows {
            let inverse = quantize(input.base + row * kernel.rows, count: kernel.rows, into: whole)
            let sums = output.base + row * kernel.columns + columns.lowerBound
            sums.update(repeating: 0, count: columns.count)
            kernel.accumulate(rows: 0..<kernel.rows, columns: columns, factors: whole, into: sums)
            finish(sums, columns, inverse)
        }
    }

    private func convolution(
        _ geometry: WindowGeometry, image: Int, positions: Range<Int>, _ columns: Range<Int>, _ place: UnsafeMutablePointer<UInt8>
    ) {
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self), let prepared {
                return fastConvolution(kernels, prepared, geometry, image: image, positions: positions, columns, place)
            }
        #endif
        let whole = UnsafeMutableRawPointer(place).assumingMemoryBound(to: Number.self)
        let inverse = quantize(input.base + image * geometry.imageCount, count: geometry.imageCount, into: whole)
        for position in positions {
            let sums = output.base + (image * geometry.positions + position) * kernel.columns + columns.lowerBound
            sums.update(repeating: 0, count: columns.count)
            geometry.forEachTap(at: position) { tap, offset in
                kernel.accumulate(
                    rows: tap * geometry.channels..<(tap + 1) * geometry.channels, columns: columns, factors: whole + offset, into: sums)
            }
            finish(sums, columns, inverse)
        }
    }

    private func quantize(_ numbers: UnsafeMutablePointer<Number>, count: Int, into whole: UnsafeMutablePointer<Number>) -> Number {
        var largest: Number = 0
        for index in 0..<count {
            let magnitude = numbers[index].magnitude
            // A NaN stays.
            if magnitude > largest || magnitude != magnitude { largest = magnitude }
        }
        let (factor, inverse) = factors(largest: largest)
        for index in 0..<count {
            let number = (numbers[index] * factor).roundedToWhole()
            whole[index] = number > -127 ? min(number, 127) : -127
        }
        return inverse
    }

    private func finish(_ sums: UnsafeMutablePointer<Number>, _ columns: Range<Int>, _ inverse: Number) {
        for column in 0..<columns.count { sums[column] *= inverse }
        epilogue.finish(sums, columns: columns)
    }

    // MARK: With leaf kernels

    #if canImport(CNNKernels)
        private func fastProduct(
            _ all: UnsafePointer<nn_kernels>, _ prepared: PreparedWeights, rows: Range<Int>, _ columns: Range<Int>,
            _ place: UnsafeMutablePointer<UInt8>
        ) {
            let kernels = all.pointee.int8
            let bytes = QuantizedScratch.rowBytes(kernels.pointee, kernel.rows)
            let inverses = scratch.inverses(place)
            let pointers = scratch.pointers(place)
            for index in 0..<rows.count {
                let from = floats(input.base + (rows.lowerBound + index) * kernel.rows)
                let to = scratch.numbers(place) + index * bytes
                let (factor, inverse) = factors(largest: Number(all.pointee.largest_magnitude(from, kernel.rows)))
                kernels.pointee.quantize(from, to, kernel.rows, Float(factor))
                inverses[index] = Float(inverse)
                pointers[index] = UnsafeRawPointer(to)
            }
            run(kernels, prepared, taps: 1, perTap: kernel.rows, inverses: inverses, step: 1, rows: rows, columns, pointers)
        }

        private func fastConvolution(
            _ all: UnsafePointer<nn_kernels>, _ prepared: PreparedWeights, _ geometry: WindowGeometry, image: Int,
            positions: Range<Int>, _ columns: Range<Int>, _ place: UnsafeMutablePointer<UInt8>
        ) {
            let kernels = all.pointee.int8
            let from = floats(input.base + image * geometry.imageCount)
            let numbers = scratch.numbers(place)
            let inverses = scratch.inverses(place)
            let (factor, inverse) = factors(largest: Number(all.pointee.largest_magnitude(from, geometry.imageCount)))
            inverses[0] = Float(inverse)
            // Where every position is a row of the image, the others are somebody else's.
            let used = geometry.isPointwise ? positions.lowerBound * geometry.channels..<positions.upperBound * geometry.channels : 0..<geometry.imageCount
            kernels.pointee.quantize(
                from + used.lowerBound, numbers + used.lowerBound * kernels.pointee.input_bytes, used.count, Float(factor))
            let along = geometry.hasWholeRows ? geometry.window.z : 1
            for first in stride(from: positions.lowerBound, to: positions.upperBound, by: Self.block) {
                let block = first..<min(first + Self.block, positions.upperBound)
                if kernels.pointee.input_bytes == 1 {
                    fill(UInt8.self, geometry, block, numbers, prepared, place)
                } else {
                    fill(Int16.self, geometry, block, numbers, prepared, place)
                }
                let start = image * geometry.positions
                run(
                    kernels, prepared, taps: geometry.taps / along, perTap: along * geometry.channels, inverses: inverses, step: 0,
                    rows: start + block.lowerBound..<start + block.upperBound, columns, scratch.pointers(place))
            }
        }

        private func fill<Input>(
            _ type: Input.Type, _ geometry: WindowGeometry, _ positions: Range<Int>, _ numbers: UnsafeMutableRawPointer,
            _ prepared: PreparedWeights, _ place: UnsafeMutablePointer<UInt8>
        ) {
            let pointers = UnsafeMutableRawPointer(scratch.pointers(place)).assumingMemoryBound(to: UnsafePointer<Input>.self)
            geometry.fill(
                pointers, positions: positions, image: UnsafePointer(numbers.assumingMemoryBound(to: type)),
                outside: UnsafePointer(UnsafeMutableRawPointer(prepared.zeros.base).assumingMemoryBound(to: type)),
                joined: geometry.hasWholeRows)
        }

        private func run(
            _ kernels: UnsafePointer<nn_int8_kernels>, _ prepared: PreparedWeights, taps: Int, perTap: Int,
            inverses: UnsafeMutablePointer<Float>, step: Int, rows: Range<Int>, _ columns: Range<Int>,
            _ pointers: UnsafeMutablePointer<UnsafeRawPointer>
        ) {
            var (fused, hasActivation) = epilogue.fused
            withUnsafePointer(to: &fused) { fused in
                var product = nn_int8_product(
                    rows: pointers, M: rows.count, taps: taps, k: perTap, panels: prepared.panels, last_panel: prepared.lastPanel?.base,
                    offsets: prepared.offsets?.base, factors: inverses, factor_step: step, N: kernel.columns, n0: columns.lowerBound,
                    n1: columns.upperBound, c: floats(output.base + rows.lowerBound * kernel.columns), ldc: kernel.columns, epilogue: fused)
                kernels.pointee.product(&product)
            }
            guard !hasActivation else { return }
            if columns.count == kernel.columns {
                return epilogue.activation.apply(output.base + rows.lowerBound * kernel.columns, count: rows.count * kernel.columns)
            }
            for row in rows { epilogue.activation.apply(output.base + row * kernel.columns + columns.lowerBound, count: columns.count) }
        }

        private func floats(_ pointer: UnsafeMutablePointer<Number>) -> UnsafeMutablePointer<Float> {
            Region(base: pointer, count: 0).cast(to: Float.self).base
        }
    #endif
}

/// What the leaf kernels need beside the weights as they lie.
struct PreparedWeights {
    let panels: UnsafePointer<Int8>
    /// The last columns with zeros behind them, where they do not fill a panel.
    let lastPanel: Region<Int8>?
    /// What the way in which inputs are kept adds to the sums, by column.
    let offsets: Region<Int32>?
    /// A padding row: one tap's channels, all zero, as inputs are kept.
    let zeros: Region<UInt8>
}

/// The memory that a worker quantises in: row pointers, factors, numbers.
struct QuantizedScratch {
    let pointerBytes: Int
    let factorBytes: Int
    let numberBytes: Int

    var bytes: Int { pointerBytes + factorBytes + numberBytes }

    #if canImport(CNNKernels)
        /// From one quantised row to the next: an odd number of cache lines, for rows a power of two apart drive each other out of the cache.
        static func rowBytes(_ kernels: nn_int8_kernels, _ numbers: Int) -> Int { (kernels.input_bytes * (numbers + kernels.slack) + 127) & ~127 | 64 }
    #endif

    func pointers(_ place: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UnsafeRawPointer> {
        UnsafeMutableRawPointer(place).assumingMemoryBound(to: UnsafeRawPointer.self)
    }
    func inverses(_ place: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<Float> {
        UnsafeMutableRawPointer(place + pointerBytes).assumingMemoryBound(to: Float.self)
    }
    func numbers(_ place: UnsafeMutablePointer<UInt8>) -> UnsafeMutableRawPointer { UnsafeMutableRawPointer(place + pointerBytes + factorBytes) }
}

extension Planner {
    /// - Parameters:
    ///   - rows: that are quantised at a time, with a factor each.
    ///   - numbers: of a row, or of an image.
    fileprivate func quantizedScratch(_ kernel: TensorID, taps: Int, rows: Int, numbers: Int) throws(ProgramError) -> QuantizedScratch {
        #if canImport(CNNKernels)
            if isFast(kernel), let kernels = accelerator.kernels(for: Number.self)?.pointee.int8.pointee {
                let block = QuantizedProductStep<Number>.block
                let pointers = try Dimension.multiply(MemoryLayout<UnsafeRawPointer>.stride * block, taps)
                guard numbers < Int.max >> 8 else { throw ProgramError(.overflow) }
                let bytes = try Dimension.multiply(rows, QuantizedScratch.rowBytes(kernels, numbers))
                return QuantizedScratch(
                    pointerBytes: try Memory.aligned(pointers), factorBytes: try Memory.aligned(rows * MemoryLayout<Float>.stride),
                    numberBytes: try Memory.aligned(bytes))
            }
        #endif
        let bytes = try Dimension.multiply(MemoryLayout<Number>.stride, numbers)
        return QuantizedScratch(pointerBytes: 0, factorBytes: 0, numberBytes: try Memory.aligned(bytes))
    }

    /// Whether the leaf kernels take the matrix where it lies.
    private func isFast(_ kernel: TensorID) -> Bool {
        let descriptor = tensors[kernel.index]
        return isAccelerated && descriptor.layout == .panels && descriptor.shape.last ?? 0 >= TensorDescriptor.panelWidth
    }

    fileprivate func prepare(_ kernel: TensorID, _ matrix: Matrix<Number>, padding: Int) throws(ProgramError) -> PreparedWeights? {
        #if canImport(CNNKernels)
            guard isFast(kernel), let kernels = accelerator.kernels(for: Number.self)?.pointee.int8.pointee, case .int8(let weights) = matrix.elements
            else { return nil }
            let width = TensorDescriptor.panelWidth
            let whole = matrix.columns / width * width
            let rest = matrix.columns - whole
            var lastPanel: Region<Int8>?
            if rest > 0 {
                let panel = try allocations.make(Int8.self, count: matrix.rows * width, limit: memoryLimit)
                for row in 0..<matrix.rows {
                    (panel.base + row * width).update(from: weights.base + whole * matrix.rows + row * rest, count: rest)
                }
                lastPanel = panel
            }
            var offsets: Region<Int32>?
            if kernels.input_offset != 0 {
                let sums = try indices(whole + (rest > 0 ? width : 0))
                nn_int8_offsets(weights.base, matrix.rows, matrix.columns, kernels.input_offset, sums.base)
                offsets = sums
            }
            let zeros = try allocations.make(UInt8.self, count: (padding + kernels.slack) * kernels.input_bytes, limit: memoryLimit)
            // An offset is one of inputs that are bytes.
            zeros.fill(UInt8(kernels.input_offset))
            return PreparedWeights(panels: UnsafePointer(weights.base), lastPanel: lastPanel, offsets: offsets, zeros: zeros)
        #else
            return nil
        #endif
    }
}

extension QuantizedDense {
    private func scratch<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> QuantizedScratch {
        let shape = planner.shape(of: product.input)
        let inputs = shape[shape.rank - 1]
        let rows = min(QuantizedProductStep<Number>.block, max((shape.count ?? 0) / max(inputs, 1), 1))
        return try planner.quantizedScratch(product.kernel, taps: 1, rows: rows, numbers: inputs)
    }

    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        try Dimension.multiply(try scratch(planner).bytes, planner.workers)
    }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let matrix = try planner.matrix(product.kernel)
        let output = try planner.result()
        let rows = output.count / max(matrix.columns, 1)
        return .quantizedProduct(
            QuantizedProductStep(
                input: try planner.numbers(product.input), kernel: matrix, output: output, geometry: nil, rows: rows,
                epilogue: try planner.epilogue(product.epilogue, channels: matrix.columns), accelerator: planner.accelerator,
                scratch: try scratch(planner), memory: planner.scratch(), prepared: try planner.prepare(product.kernel, matrix, padding: 0),
                splitsRows: rows >= 24 * planner.workers))
    }
}

extension QuantizedConvolution {
    private func scratch<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> QuantizedScratch {
        let shape = planner.shape(of: convolution.input)
        guard let numbers = Shape.product(shape.dimensions.dropFirst()),
            let taps = Shape.product(planner.tensors[convolution.kernel.index].shape.dropLast(2))
        else { throw ProgramError(.overflow) }
        return try planner.quantizedScratch(convolution.kernel, taps: taps, rows: 1, numbers: numbers)
    }

    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        try Dimension.multiply(try scratch(planner).bytes, planner.workers)
    }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let geometry = try WindowGeometry(
            input: planner.shape(of: convolution.input), output: planner.resultShape,
            window: planner.tensors[convolution.kernel.index].shape.dropLast(2), strides: convolution.strides, dilation: convolution.dilation,
            padding: convolution.padding)
        let matrix = try planner.matrix(convolution.kernel)
        let output = try planner.result()
        let rows = output.count / max(matrix.columns, 1)
        return .quantizedProduct(
            QuantizedProductStep(
                input: try planner.numbers(convolution.input), kernel: matrix, output: output, geometry: geometry, rows: rows,
                epilogue: try planner.epilogue(convolution.epilogue, channels: matrix.columns), accelerator: planner.accelerator,
                scratch: try scratch(planner), memory: planner.scratch(),
                prepared: try planner.prepare(convolution.kernel, matrix, padding: geometry.window.z * geometry.channels),
                splitsRows: rows >= 24 * planner.workers))
    }
}
