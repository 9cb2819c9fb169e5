#if canImport(CNNKernels)
    import CNNKernels
#endif

/// A weight matrix `[rows, columns]` where it lies, in panels of columns; a row-major matrix is one panel.
struct Matrix<Number: Scalar> {
    enum Elements {
        /// As stored. A `Double` session reads these too, so that it needs no copy of the weights.
        case float(Region<Float>)
        /// As stored, and widened where they are read: the bits of binary16 and of bfloat16, and whole numbers.
        case float16(Region<UInt16>)
        case bfloat16(Region<UInt16>)
        case int8(Region<Int8>)
        /// Converted from another stored type.
        case number(Region<Number>)
    }

    let elements: Elements
    let rows: Int
    let columns: Int
    let panelWidth: Int

    /// For every row in `rows`, in order: `sums[column] += factor(row) * matrix[row, column]` for the columns in `columns`.
    ///
    /// The one portable matrix kernel: products, convolutions and recurrent cells are made of it. Each sum is formed in
    /// row order whatever the range of columns, so that results do not depend on how work is split.
    @inline(__always)
    func accumulate(rows: Range<Int>, columns: Range<Int>, factors: UnsafeMutablePointer<Number>, into sums: UnsafeMutablePointer<Number>) {
        switch elements {
        case .float(let region):
            accumulate(region, { Number($0) }, rows: rows, columns: columns, factors: factors, into: sums)
        case .float16(let region):
            accumulate(
                region, { Number(HalfPrecision.float(fromFloat16: $0)) }, rows: rows, columns: columns, factors: factors, into: sums)
        case .bfloat16(let region):
            accumulate(
                region, { Number(HalfPrecision.float(fromBFloat16: $0)) }, rows: rows, columns: columns, factors: factors, into: sums)
        case .int8(let region): accumulate(region, { Number($0) }, rows: rows, columns: columns, factors: factors, into: sums)
        case .number(let region): accumulate(region, { $0 }, rows: rows, columns: columns, factors: factors, into: sums)
        }
    }

    @inline(__always)
    private func accumulate<Weight>(
        _ weights: Region<Weight>, _ widen: (Weight) -> Number, rows: Range<Int>, columns range: Range<Int>,
        factors: UnsafeMutablePointer<Number>, into sums: UnsafeMutablePointer<Number>
    ) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= self.rows && range.lowerBound >= 0 && range.upperBound <= columns)
        var first = range.lowerBound
        while first < range.upperBound {
            let panel = first / panelWidth * panelWidth
            let width = min(panelWidth, columns - panel)
            let last = min(range.upperBound, panel + width)
            var row = weights.base + panel * self.rows + rows.lowerBound * width + (first - panel)
            let target = sums + (first - range.lowerBound)
            for index in 0..<rows.count {
                let factor = factors[index]
                for column in 0..<last - first { target[column] += factor * widen(row[column]) }
                row += width
            }
            first = last
        }
    }

    /// Writes a row's elements. Only for a matrix of one panel.
    func copyRow(_ row: Int, to target: UnsafeMutablePointer<Number>) {
        switch elements {
        case .float(let region): copyRow(region, { Number($0) }, row, target)
        case .float16(let region): copyRow(region, { Number(HalfPrecision.float(fromFloat16: $0)) }, row, target)
        case .bfloat16(let region): copyRow(region, { Number(HalfPrecision.float(fromBFloat16: $0)) }, row, target)
        case .int8(let region): copyRow(region, { Number($0) }, row, target)
        case .number(let region): copyRow(region, { $0 }, row, target)
        }
    }

    @inline(__always)
    private func copyRow<Weight>(_ weights: Region<Weight>, _ widen: (Weight) -> Number, _ row: Int, _ target: UnsafeMutablePointer<Number>) {
        precondition(row >= 0 && row < rows && panelWidth >= columns)
        let elements = weights.base + row * columns
        for column in 0..<columns { target[column] = widen(elements[column]) }
    }

    /// The sum of a row's elements times `factors`, in order. Only for a matrix of one panel.
    @inline(__always)
    func product(row: Int, factors: UnsafeMutablePointer<Number>) -> Number {
        switch elements {
        case .float(let region): product(region, { Number($0) }, row, factors)
        case .float16(let region): product(region, { Number(HalfPrecision.float(fromFloat16: $0)) }, row, factors)
        case .bfloat16(let region): product(region, { Number(HalfPrecision.float(fromBFloat16: $0)) }, row, factors)
        case .int8(let region): product(region, { Number($0) }, row, factors)
        case .number(let region): product(region, { $0 }, row, factors)
        }
    }

    @inline(__always)
    private func product<Weight>(
        _ weights: Region<Weight>, _ widen: (Weight) -> Number, _ row: Int, _ factors: UnsafeMutablePointer<Number>
    ) -> Number {
        precondition(row >= 0 && row < rows && panelWidth >= columns)
        let elements = weights.base + row * columns
        var sum: Number = 0
        for column in 0..<columns { sum += factors[column] * widen(elements[column]) }
        return sum
    }

    #if canImport(CNNKernels)
        /// The matrix as the leaf kernels take it, unless it was converted or lies in another order.
        var panels: nn_panels? {
            // Panels and rows are the same thing in a matrix of one panel.
            guard panelWidth == TensorDescriptor.panelWidth || columns <= TensorDescriptor.panelWidth && panelWidth >= columns else { return nil }
            return switch elements {
            case .float(let region): nn_panels(elements: region.base, number: NN_FLOAT32)
            case .float16(let region): nn_panels(elements: region.base, number: NN_FLOAT16)
            case .bfloat16(let region): nn_panels(elements: region.base, number: NN_BFLOAT16)
            case .int8(let region): nn_panels(elements: region.base, number: NN_INT8)
            case .number: nil
            }
        }
    #endif
}
