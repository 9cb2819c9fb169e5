import FileOutput
import KerasFiles

/// Copies tensors into a file piece by piece, through one buffer.
struct TensorStream: ~Copyable {
    private static let pieceSize = 4 << 20
    private var buffer = [UInt8](repeating: 0, count: pieceSize)

    /// Writes all elements of `written` at `offset`. `progress` is told the bytes of every piece.
    mutating func copy(
        _ written: Tensor, path: String, to file: inout OutputFile, at offset: UInt64, progress: (Int) -> Void
    ) throws(KerasWriterError) {
        var done = 0
        while done < written.byteCount {
            let count = min(buffer.count, written.byteCount - done)
            do throws(KerasFileError) {
                var elements = buffer.mutableSpan
                var bytes = elements.mutableBytes
                var piece = bytes._mutatingExtracting(0..<count)
                try written.read(bytes: done..<done + count, into: &piece)
            } catch {
                throw .reading(error, path: path)
            }
            do throws(OutputFileError) {
                try file.write(at: offset + UInt64(done), buffer.span.bytes.extracting(0..<count))
            } catch {
                throw .writing(error)
            }
            done += count
            progress(count)
        }
    }
}
