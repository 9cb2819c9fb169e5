import KerasFiles
import NNInference

/// A tensor taken apart into blocks that are read, ordered and written each on its own: whole rows of a matrix, or parts of rows where a row
/// is too long.
///
/// A block's columns fall into parts; the elements of a part lie together in the file. A tensor that is stored in the order it has is a
/// single row of bytes, of which each block is one part.
struct TensorBlocks {
    /// The elements as they are read.
    let matrix: PanelGeometry
    let isPanels: Bool
    /// What a block has, except for the last ones.
    let rowsPerBlock: Int
    let columnsPerBlock: Int

    /// Columns that are brought into order at a time: so many streams a processor can follow, and the result stays in its cache.
    static let groupColumns = 8 * PanelGeometry.width

    init(_ entry: CompactFileContent.Entry, blockSize: Int) {
        let panels = PanelGeometry(shape: entry.tensor.shape, elementSize: entry.tensor.elementType.size)
        isPanels = entry.layout == .panels && !panels.isRowMajor
        guard isPanels else {
            matrix = PanelGeometry(rows: 1, columns: entry.tensor.byteCount, elementSize: 1)
            (rowsPerBlock, columnsPerBlock) = (1, max(blockSize, 1))
            return
        }
        matrix = panels
        if panels.rowSize <= blockSize {
            columnsPerBlock = panels.columns
            rowsPerBlock = min(max(blockSize / panels.rowSize, 1), panels.rows)
        } else {
            let rows = min(16, panels.rows)
            columnsPerBlock = max(blockSize / (rows * panels.elementSize) / PanelGeometry.width, 1) * PanelGeometry.width
            rowsPerBlock = rows
        }
    }

    private var blocksPerColumn: Int { Self.ceiling(matrix.rows, rowsPerBlock) }

    var count: Int { matrix.byteCount == 0 ? 0 : blocksPerColumn * Self.ceiling(matrix.columns, columnsPerBlock) }

    /// Blocks below each other follow each other.
    subscript(index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
        let (stripe, row) = index.quotientAndRemainder(dividingBy: blocksPerColumn)
        let (firstRow, firstColumn) = (row * rowsPerBlock, stripe * columnsPerBlock)
        return (
            firstRow..<min(firstRow + rowsPerBlock, matrix.rows), firstColumn..<min(firstColumn + columnsPerBlock, matrix.columns)
        )
    }

    /// Columns of a part. With all its rows in a block, a panel is followed by the next.
    private var partColumns: Int {
        guard isPanels else { return columnsPerBlock }
        return rowsPerBlock == matrix.rows ? Self.groupColumns : PanelGeometry.width
    }

    /// The parts of some columns.
    func parts(of columns: Range<Int>) -> [Range<Int>] {
        stride(from: columns.lowerBound, to: columns.upperBound, by: partColumns).map { $0..<min($0 + partColumns, columns.upperBound) }
    }

    /// The checksum of the whole tensor.
    ///
    /// - Parameter checksums: those of the parts of every block.
    func checksum(_ checksums: [[UInt32]]) -> UInt32 {
        var chain = CRC32C.Chain()
        for first in stride(from: 0, to: count, by: blocksPerColumn) {
            for (place, part) in parts(of: self[first].columns).enumerated() {
                for index in first..<first + blocksPerColumn {
                    chain.append(checksums[index][place], byteCount: UInt64(self[index].rows.count * part.count * matrix.elementSize))
                }
            }
        }
        return chain.value
    }

    private static func ceiling(_ a: Int, _ b: Int) -> Int { (a + b - 1) / b }
}
