import FileOutput
import NNInference

/// Where a `.nnc` file's bytes go: each at its place, in any order, from several threads at once.
protocol FileSink: Sendable {
    func write(at offset: UInt64, _ bytes: RawSpan) throws(OutputFileError)
}

extension OutputBytes: FileSink {}

/// A file in memory.
extension ModelMemory: FileSink {
    package func write(at offset: UInt64, _ bytes: RawSpan) { write(at: Int(offset), bytes) }
}
