import KerasFiles

/// Copies tensors into a file piece by piece, through one buffer.
struct TensorStream: ~Copyable {
    private static let pieceSize = 1 << 20
    private var buffer = [UInt8](repeating: 0, count: pieceSize)

    /// Writes all elements of `written` at `offset`. `progress` is told the bytes of every piece.
    mutating func copy(
        _ written: WrittenTensor, path: String, to region: inout HDF5Region, at offset: UInt64, progress: (Int) -> Void
    ) throws(KerasWriterError) {
        var done = 0
        while done < written.tensor.byteCount {
            let count = min(buffer.count, written.tensor.byteCount - done)
            do throws(KerasFileError) {
                var elements = buffer.mutableSpan
                var bytes = elements.mutableBytes
                var piece = bytes._mutatingExtracting(0..<count)
                try written.tensor.read(bytes: done..<done + count, into: &piece)
            } catch {
                throw .reading(error, path: path)
            }
            try region.write(at: offset + UInt64(done), buffer.span.bytes.extracting(0..<count))
            done += count
            progress(count)
        }
    }
}
