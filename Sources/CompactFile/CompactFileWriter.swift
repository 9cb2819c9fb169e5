import FileOutput
import KerasFiles
import NNInference

/// Writes a `.nnc` file. The same content always makes the same bytes.
///
///     var file = try OutputFile(path: "model.nnc")
///     try CompactFileWriter(content).write(to: &file)
///     try file.commit()
///
/// All sizes are known from the start: the tensors' bytes go to their places first, then the prefix with their checksums.
public struct CompactFileWriter: Sendable {
    private let content: CompactFileContent
    private let alignment: Int
    /// Kind and bytes of every section before the data, in the file's order.
    private var sections: [(kind: SectionKind, bytes: [UInt8])] = []
    private var checksums: [UInt32]
    /// Where each tensor goes.
    private var offsets: [UInt64] = []
    private let prefixLength: UInt64
    /// Bytes of the whole file.
    public let byteCount: UInt64

    /// Checks the content and lays the file out. No tensor is read.
    public init(_ content: CompactFileContent) throws(CompactFileError) {
        self.content = content
        checksums = [UInt32](repeating: 0, count: content.tensors.count)
        sections.append((.tensors, try TensorSection.bytes(content.tensors.map(\.descriptor), checksums: checksums)))
        if let program = content.program {
            sections.append((.program, try ProgramSection.bytes(content, program: program)))
            if let names = content.names { sections.append((.names, try NamesSection.bytes(names, program: program))) }
            if !content.verification.isEmpty {
                sections.append((.verification, try VerificationSection.bytes(content.verification, program: program)))
            }
        }
        if let source = content.source { sections.append((.source, source)) }

        let dataSize = content.tensors.reduce(UInt64(0)) { $0 &+ UInt64($1.tensor.byteCount) }
        alignment = content.alignment.bytes(forData: dataSize)
        var end = UInt64(FileHeader.size + FileHeader.entrySize * (sections.count + 1))
        for section in sections { end = end.roundedUp(to: 4) + UInt64(section.bytes.count) }
        prefixLength = end.roundedUp(to: UInt64(alignment))
        end = prefixLength
        for entry in content.tensors {
            guard end < 1 << 62 else { throw .limit(.fileLength, found: Int(clamping: end)) }
            end = end.roundedUp(to: UInt64(alignment))
            offsets.append(end)
            end += UInt64(entry.tensor.byteCount)
        }
        byteCount = end
    }

    /// Writes the whole file.
    ///
    /// - Parameter progress: is told the bytes of tensors that are done, after every piece.
    /// - Complexity: 32 MiB of memory at most, however large the tensors are.
    public consuming func write(to file: inout OutputFile, progress: (UInt64) -> Void = { _ in }) throws(CompactFileError) {
        let bytes: OutputBytes
        do throws(OutputFileError) { bytes = try file.bytes(extendingTo: byteCount) } catch { throw .writing(error) }
        try write(to: bytes, progress: progress)
    }

    /// The whole file in memory.
    public consuming func bytes() throws(CompactFileError) -> [UInt8] { try memory().bytes }

    /// The whole file in memory that a model can be opened in without copying it.
    package consuming func memory() throws(CompactFileError) -> ModelMemory {
        guard let count = Int(exactly: byteCount) else { throw .limit(.fileLength, found: .max) }
        let memory = ModelMemory(byteCount: count)
        try write(to: memory)
        return memory
    }

    /// Starting a thread pays from here on.
    private static let sizeForTwo: UInt64 = 8 << 20

    private consuming func write(to sink: some FileSink, progress: (UInt64) -> Void = { _ in }) throws(CompactFileError) {
        let stream = TensorStream(to: sink, workers: byteCount < Self.sizeForTwo ? 1 : 2)
        var end = prefixLength
        var done: UInt64 = 0
        for (index, entry) in content.tensors.enumerated() {
            try Self.write([UInt8](repeating: 0, count: Int(offsets[index] - end)), to: sink, at: end)
            checksums[index] = try stream.copy(entry, at: offsets[index]) { count in
                done += UInt64(count)
                progress(done)
            }
            end = offsets[index] + UInt64(entry.tensor.byteCount)
        }
        sections[0].bytes = try TensorSection.bytes(content.tensors.map(\.descriptor), checksums: checksums)
        try Self.write(prefix(), to: sink, at: 0)
    }

    private static func write(_ bytes: [UInt8], to sink: some FileSink, at offset: UInt64) throws(CompactFileError) {
        do throws(OutputFileError) { try sink.write(at: offset, bytes.span.bytes) } catch { throw .writing(error) }
    }

    private func prefix() -> [UInt8] {
        var bytes = FileHeader.magic
        bytes.append(field: FileHeader.containerVersion)
        bytes.append(field: content.program == nil ? 0 : FileHeader.operationSet)
        bytes.append(field: UInt8(alignment.trailingZeroBitCount))
        bytes.append(field: UInt8(0))
        bytes.append(field: UInt16(sections.count + 1))
        bytes.append(field: byteCount)
        bytes.append(field: UInt64(0))
        for section in sections {
            appendEntry(section.kind, CRC32C.checksum(section.bytes.span.bytes), UInt64(section.bytes.count), to: &bytes)
        }
        appendEntry(.data, 0, byteCount - prefixLength, to: &bytes)
        let checksum = FileHeader.checksum(of: bytes.span.bytes, tableEnd: bytes.count)
        for index in 0..<4 { bytes[FileHeader.checksumRange.lowerBound + index] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(index))) }
        for section in sections {
            bytes += [UInt8](repeating: 0, count: bytes.count.padding(to: 4))
            bytes += section.bytes
        }
        bytes += [UInt8](repeating: 0, count: bytes.count.padding(to: alignment))
        return bytes
    }

    private func appendEntry(_ kind: SectionKind, _ checksum: UInt32, _ length: UInt64, to bytes: inout [UInt8]) {
        bytes.append(field: kind.rawValue)
        bytes.append(field: UInt16(0))
        bytes.append(field: checksum)
        bytes.append(field: length)
    }
}

extension Int {
    /// Bytes from here to the next multiple of `alignment`.
    fileprivate func padding(to alignment: Int) -> Int { (alignment - self % alignment) % alignment }
}
