import FileOutput
import KerasFiles
import NNInference

/// Copies blocks of tensors; its two buffers are all the memory it takes. Each thread has its own.
struct BlockCopy {
    private var input: [UInt8] = []
    private var output: [UInt8] = []

    /// Reads a block, brings it into the order of the file and writes it there, and gives the checksums of its parts.
    ///
    /// - Parameter start: where the tensor begins in the file.
    mutating func copy(
        _ block: (rows: Range<Int>, columns: Range<Int>), of tensor: Tensor, _ blocks: TensorBlocks, to sink: some FileSink, at start: UInt64
    ) throws(CompactFileError) -> [UInt32] {
        let matrix = PanelGeometry(rows: block.rows.count, columns: block.columns.count, elementSize: blocks.matrix.elementSize)
        try read(block, of: tensor, blocks.matrix, matrix.byteCount)
        guard blocks.isPanels else {
            let bytes = input.span.bytes.extracting(0..<matrix.byteCount)
            try Self.write(bytes, to: sink, at: start + UInt64(block.columns.lowerBound))
            return [CRC32C.checksum(bytes)]
        }
        var checksums: [UInt32] = []
        for first in stride(from: 0, to: matrix.columns, by: TensorBlocks.groupColumns) {
            let group = first..<min(first + TensorBlocks.groupColumns, matrix.columns)
            Self.pack(input, matrix, columns: group, into: &output)
            for part in blocks.parts(of: group) {
                let place = matrix.rows * (part.lowerBound - first) * matrix.elementSize
                let bytes = output.span.bytes.extracting(place..<place + matrix.rows * part.count * matrix.elementSize)
                checksums.append(CRC32C.checksum(bytes))
                let column = block.columns.lowerBound + part.lowerBound
                try Self.write(bytes, to: sink, at: start + UInt64(blocks.matrix.offset(row: block.rows.lowerBound, column: column)))
            }
        }
        return checksums
    }

    /// Fills `input` with a block of the matrix, without the columns beside it.
    private mutating func read(
        _ block: (rows: Range<Int>, columns: Range<Int>), of tensor: Tensor, _ matrix: PanelGeometry, _ count: Int
    ) throws(CompactFileError) {
        Self.grow(&input, count)
        var elements = input.mutableSpan
        var bytes = elements.mutableBytes
        // All rows in one go where nothing lies between them.
        let isWhole = block.columns.count == matrix.columns
        let size = isWhole ? count : block.columns.count * matrix.elementSize
        var source = block.rows.lowerBound * matrix.rowSize + block.columns.lowerBound * matrix.elementSize
        for place in stride(from: 0, to: count, by: size) {
            var target = bytes._mutatingExtracting(place..<place + size)
            do throws(KerasFileError) {
                try tensor.read(bytes: source..<source + size, into: &target)
            } catch {
                throw .reading(error)
            }
            source += matrix.rowSize
        }
    }

    private static func pack(_ input: [UInt8], _ matrix: PanelGeometry, columns: Range<Int>, into output: inout [UInt8]) {
        grow(&output, matrix.rows * columns.count * matrix.elementSize)
        var elements = output.mutableSpan
        var panels = elements.mutableBytes
        matrix.pack(input.span.bytes, columns: columns, into: &panels)
    }

    private static func grow(_ buffer: inout [UInt8], _ count: Int) {
        if buffer.count < count { buffer = [UInt8](repeating: 0, count: count) }
    }

    private static func write(_ bytes: RawSpan, to sink: some FileSink, at offset: UInt64) throws(CompactFileError) {
        do throws(OutputFileError) { try sink.write(at: offset, bytes) } catch { throw .writing(error) }
    }
}
