import CNNKernels
import NNInference

/// How a matrix of `rows` by `columns` elements lies in the file as panels.
struct PanelGeometry {
    let rows: Int
    let columns: Int
    let elementSize: Int

    static let width = TensorDescriptor.panelWidth

    /// The last dimension is the matrix's columns, all others together are its rows.
    init(shape: [Int], elementSize: Int) {
        self.init(rows: shape.dropLast().reduce(1, *), columns: shape.last ?? 1, elementSize: elementSize)
    }

    init(rows: Int, columns: Int, elementSize: Int) {
        self.rows = rows
        self.columns = columns
        self.elementSize = elementSize
    }

    /// Whether the panels' order of elements is the matrix's own.
    var isRowMajor: Bool { rows <= 1 || columns <= PanelGeometry.width }

    var rowSize: Int { columns * elementSize }
    var byteCount: Int { rows * rowSize }

    /// Bytes of a row's part in the panel that begins at `column`.
    func runSize(at column: Int) -> Int { min(PanelGeometry.width, columns - column) * elementSize }

    /// Where the panel that begins at `column` has the given row. All panels before it are of full width.
    func offset(row: Int, column: Int) -> Int { rows * column * elementSize + row * runSize(at: column) }

    /// Orders some columns of the matrix as panels: from `[rows][columns]` to `[panels][rows][width]`, the last panel narrower.
    ///
    /// - Parameter range: begins at a multiple of the panels' width, and ends at one or at the last column.
    func pack(_ matrix: RawSpan, columns range: Range<Int>, into panels: inout MutableRawSpan) {
        checkRange(range)
        precondition(matrix.byteCount >= byteCount && panels.byteCount >= rows * range.count * elementSize)
        matrix.withUnsafeBytes { matrix in
            panels.withUnsafeMutableBytes { panels in
                guard let matrix = matrix.baseAddress, let panels = panels.baseAddress else { return }
                nn_pack_panels(matrix, columns, panels, rows, columns, range.lowerBound, range.upperBound, elementSize)
            }
        }
    }

    /// Undoes ``pack(_:columns:into:)``; the matrix's other columns stay as they are.
    func unpack(_ panels: RawSpan, columns range: Range<Int>, into matrix: inout MutableRawSpan) {
        checkRange(range)
        precondition(matrix.byteCount >= byteCount && panels.byteCount >= rows * range.count * elementSize)
        panels.withUnsafeBytes { panels in
            matrix.withUnsafeMutableBytes { matrix in
                guard let matrix = matrix.baseAddress, let panels = panels.baseAddress else { return }
                nn_unpack_panels(panels, matrix, columns, rows, columns, range.lowerBound, range.upperBound, elementSize)
            }
        }
    }

    private func checkRange(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.lowerBound % PanelGeometry.width == 0)
        precondition(range.upperBound == columns || range.upperBound < columns && range.upperBound % PanelGeometry.width == 0)
        precondition([1, 2, 4, 8].contains(elementSize))
    }
}
