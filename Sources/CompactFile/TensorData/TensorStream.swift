import FileOutput
import KerasFiles
import NNInference

/// Copies tensors from a Keras file to a `.nnc` file block by block, in the order of elements that the latter asks for. Its two
/// buffers are all the memory it takes, whatever the tensors' size.
struct TensorStream {
    private var input: [UInt8] = []
    private var output: [UInt8] = []

    /// Bytes of each buffer.
    private let blockSize: Int

    init(blockSize: Int = 8 << 20) { self.blockSize = blockSize }

    /// Writes one tensor's bytes at `offset` and gives their checksum.
    mutating func copy<Sink: FileSink & ~Copyable>(
        _ entry: CompactFileContent.Entry, to sink: inout Sink, at offset: UInt64
    ) throws(CompactFileError) -> UInt32 {
        let geometry = PanelGeometry(shape: entry.tensor.shape, elementSize: entry.tensor.elementType.size)
        guard entry.layout == .panels, !geometry.isRowMajor, entry.tensor.byteCount > 0 else {
            return try copyInOrder(entry.tensor, to: &sink, at: offset)
        }
        return try copyAsPanels(entry.tensor, geometry, to: &sink, at: offset)
    }

    private mutating func copyInOrder<Sink: FileSink & ~Copyable>(
        _ tensor: Tensor, to sink: inout Sink, at offset: UInt64
    ) throws(CompactFileError) -> UInt32 {
        var crc = CRC32C()
        var done = 0
        while done < tensor.byteCount {
            let count = min(blockSize, tensor.byteCount - done)
            try read(tensor, done..<done + count, to: 0)
            let block = input.span.bytes.extracting(0..<count)
            crc.update(block)
            try Self.write(block, to: &sink, at: offset + UInt64(done))
            done += count
        }
        return crc.value
    }

    /// Blocks of whole rows, or of parts of rows when a row is too long. Each block's part of a panel is written at its place; the
    /// panels' checksums grow side by side and are joined at the end.
    private mutating func copyAsPanels<Sink: FileSink & ~Copyable>(
        _ tensor: Tensor, _ geometry: PanelGeometry, to sink: inout Sink, at offset: UInt64
    ) throws(CompactFileError) -> UInt32 {
        let width = PanelGeometry.width
        let size = geometry.elementSize
        let blockColumns = geometry.rowSize <= blockSize ? geometry.columns : max(blockSize / size / 16 / width, 1) * width
        let blockRows = min(max(blockSize / (blockColumns * size), 1), geometry.rows)
        var checksum = CRC32C().value
        for firstColumn in stride(from: 0, to: geometry.columns, by: blockColumns) {
            let columns = min(blockColumns, geometry.columns - firstColumn)
            var panels = [CRC32C](repeating: CRC32C(), count: (columns + width - 1) / width)
            for firstRow in stride(from: 0, to: geometry.rows, by: blockRows) {
                let rows = min(blockRows, geometry.rows - firstRow)
                try readBlock(tensor, geometry, rows: firstRow..<firstRow + rows, columns: firstColumn..<firstColumn + columns)
                Self.pack(input, into: &output, rows: rows, columns: columns, elementSize: size)
                // All rows at once lie in the file as they lie in the block.
                if rows == geometry.rows {
                    let start = offset + UInt64(geometry.offset(row: 0, column: firstColumn))
                    try Self.write(output.span.bytes.extracting(0..<rows * columns * size), to: &sink, at: start)
                }
                var place = 0
                for panel in panels.indices {
                    let column = firstColumn + panel * width
                    let part = output.span.bytes.extracting(place..<place + rows * geometry.runSize(at: column))
                    panels[panel].update(part)
                    if rows < geometry.rows {
                        try Self.write(part, to: &sink, at: offset + UInt64(geometry.offset(row: firstRow, column: column)))
                    }
                    place += part.byteCount
                }
            }
            for (panel, crc) in panels.enumerated() {
                let bytes = UInt64(geometry.rows) * UInt64(geometry.runSize(at: firstColumn + panel * width))
                checksum = CRC32C.combined(checksum, crc.value, secondByteCount: bytes)
            }
        }
        return checksum
    }

    /// Fills `input` with a block of the matrix, without the columns beside it.
    private mutating func readBlock(
        _ tensor: Tensor, _ geometry: PanelGeometry, rows: Range<Int>, columns: Range<Int>
    ) throws(CompactFileError) {
        if columns.count == geometry.columns {
            return try read(tensor, rows.lowerBound * geometry.rowSize..<rows.upperBound * geometry.rowSize, to: 0)
        }
        let part = columns.count * geometry.elementSize
        for row in rows {
            let start = row * geometry.rowSize + columns.lowerBound * geometry.elementSize
            try read(tensor, start..<start + part, to: (row - rows.lowerBound) * part)
        }
    }

    private static func pack(_ input: [UInt8], into output: inout [UInt8], rows: Int, columns: Int, elementSize: Int) {
        let count = rows * columns * elementSize
        if output.count < count { output = [UInt8](repeating: 0, count: count) }
        var elements = output.mutableSpan
        var target = elements.mutableBytes
        PanelGeometry.pack(input.span.bytes, into: &target, blockRows: rows, blockColumns: columns, elementSize: elementSize)
    }

    private mutating func read(_ tensor: Tensor, _ range: Range<Int>, to place: Int) throws(CompactFileError) {
        if input.count < place + range.count { input += [UInt8](repeating: 0, count: place + range.count - input.count) }
        var elements = input.mutableSpan
        var bytes = elements.mutableBytes
        var target = bytes._mutatingExtracting(place..<place + range.count)
        do throws(KerasFileError) {
            try tensor.read(bytes: range, into: &target)
        } catch {
            throw .reading(error)
        }
    }

    private static func write<Sink: FileSink & ~Copyable>(_ bytes: RawSpan, to sink: inout Sink, at offset: UInt64) throws(CompactFileError) {
        do throws(OutputFileError) {
            try sink.write(at: offset, bytes)
        } catch {
            throw .writing(error)
        }
    }
}
