import FileOutput
import NNInference

/// Where a `.nnc` file's bytes go: each at its place, in any order.
protocol FileSink: ~Copyable {
    mutating func write(at offset: UInt64, _ bytes: RawSpan) throws(OutputFileError)
}

extension OutputFile: FileSink {}

/// A file in memory.
struct MemorySink: FileSink {
    private(set) var bytes: [UInt8]

    init(count: Int) { bytes = [UInt8](repeating: 0, count: count) }

    mutating func write(at offset: UInt64, _ part: RawSpan) {
        let start = Int(offset)
        part.withUnsafeBytes { source in
            bytes.replaceSubrange(start..<start + source.count, with: source)
        }
    }
}

/// A file in memory, for a model that is opened there.
struct ModelMemorySink: FileSink {
    let memory: ModelMemory

    mutating func write(at offset: UInt64, _ part: RawSpan) { memory.write(at: Int(offset), part) }
}
