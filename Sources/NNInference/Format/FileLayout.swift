/// What a `.nnc` file consists of: its header, sections, tensor table and program, all checked.
///
/// Everything is decided from the bytes before the data section, and nothing is allocated that is much larger than they are. The
/// tensors' own bytes are not touched; ``verifyTensor(_:in:)`` and ``verifyData(in:)`` check those.
public struct FileLayout: Sendable {
    public let header: FileHeader
    /// In file order, each where its place in the table implies.
    public let sections: [Section]
    public let tensors: [StoredTensor]
    /// Nil when the model cannot be run, only given back as a Keras file.
    public let program: StoredProgram?

    /// Reads the layout of a whole file.
    ///
    /// - Parameter bytes: the file, in memory or mapped.
    /// - Throws: the first reason to refuse the file.
    /// - Complexity: linear in the bytes before the data section.
    public init(_ bytes: RawSpan) throws(FormatError) {
        try self.init(prefix: bytes, fileLength: UInt64(bytes.byteCount))
    }

    /// Reads the layout from the start of a file of `fileLength` bytes, for instance while the rest is still on its way.
    /// `prefix` must reach as far as the data section.
    public init(prefix bytes: RawSpan, fileLength: UInt64) throws(FormatError) {
        let header = try FileHeader(bytes, fileLength: fileLength)
        let sections = try SectionTable.read(header, bytes)
        guard let table = sections.first(where: { $0.kind == .tensors }) else { throw FormatError(.missingSection(.tensors), at: FileHeader.size) }
        guard let data = sections.last, data.kind == .data else { throw FormatError(.missingSection(.data), at: FileHeader.size) }
        self.header = header
        self.sections = sections
        tensors = try TensorTable.read(table, data: data, alignment: header.alignment, bytes)
        if let section = sections.first(where: { $0.kind == .program }) {
            guard header.operationSet > 0 else { throw FormatError(.operationSet(0), at: 10) }
            program = try StoredProgram(section, tensors: tensors, bytes)
        } else {
            guard header.operationSet == 0 else { throw FormatError(.operationSet(header.operationSet), at: 10) }
            for section in sections where section.kind == .names || section.kind == .verification {
                throw FormatError(.unexpectedSection(section.kind ?? .names), at: section.range.lowerBound)
            }
            program = nil
        }
    }

    public func section(_ kind: SectionKind) -> Section? { sections.first { $0.kind == kind } }

    /// Checks one tensor's bytes against their checksum.
    ///
    /// - Parameter bytes: the whole file that the layout was read from.
    public func verifyTensor(_ index: Int, in bytes: RawSpan) throws(FormatError) {
        try requireWhole(bytes)
        let tensor = tensors[index]
        guard CRC32C.checksum(bytes.extracting(tensor.range)) == tensor.checksum else {
            throw FormatError(.checksum(.tensor(index)), at: tensor.range.lowerBound)
        }
    }

    /// Checks every byte of the data section: all tensors against their checksums, all padding for being zero.
    ///
    /// - Parameter bytes: the whole file that the layout was read from.
    public func verifyData(in bytes: RawSpan) throws(FormatError) {
        try requireWhole(bytes)
        guard let data = section(.data) else { return }
        var end = data.range.lowerBound
        for index in tensors.indices {
            let range = tensors[index].range
            if let offset = bytes.firstNonZero(in: end..<range.lowerBound) { throw FormatError(.padding, at: offset) }
            try verifyTensor(index, in: bytes)
            end = range.upperBound
        }
    }

    private func requireWhole(_ bytes: RawSpan) throws(FormatError) {
        guard bytes.byteCount == header.length else {
            throw FormatError(.length(declared: UInt64(header.length), found: UInt64(bytes.byteCount)), at: 16)
        }
    }
}
