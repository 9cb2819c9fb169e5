/// A weight matrix `[rows, columns]` where it lies, in panels of columns; a row-major matrix is one panel.
struct Matrix<Number: Scalar> {
    enum Elements {
        /// As stored. A `Double` session reads these too, so that it needs no copy of the weights.
        case float(Region<Float>)
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
        case .float(let region): accumulate(region, rows: rows, columns: columns, factors: factors, into: sums)
        case .number(let region): accumulate(region, rows: rows, columns: columns, factors: factors, into: sums)
        }
    }

    @inline(__always)
    private func accumulate<Weight: Scalar>(
        _ weights: Region<Weight>, rows: Range<Int>, columns range: Range<Int>, factors: UnsafeMutablePointer<Number>,
        into sums: UnsafeMutablePointer<Number>
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
                for column in 0..<last - first { target[column] += factor * Number(row[column]) }
                row += width
            }
            first = last
        }
    }

    /// The sum of a row's elements times `factors`, in order. Only for a matrix of one panel.
    @inline(__always)
    func product(row: Int, factors: UnsafeMutablePointer<Number>) -> Number {
        switch elements {
        case .float(let region): product(region, row, factors)
        case .number(let region): product(region, row, factors)
        }
    }

    @inline(__always)
    private func product<Weight: Scalar>(_ weights: Region<Weight>, _ row: Int, _ factors: UnsafeMutablePointer<Number>) -> Number {
        precondition(row >= 0 && row < rows && panelWidth >= columns)
        let elements = weights.base + row * columns
        var sum: Number = 0
        for column in 0..<columns { sum += factors[column] * Number(elements[column]) }
        return sum
    }
}
