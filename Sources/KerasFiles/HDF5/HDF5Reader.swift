/// Reads the structures of an HDF5 file, once each, within the limits. This file has the bookkeeping; how each structure is
/// read stands in the extensions named after it.
struct HDF5Reader {
    let source: ByteSource
    let superblock: Superblock
    let limits: Limits
    var extents: FileExtents
    var heaps: [UInt64: GlobalHeap] = [:]

    private var pages: PagedBytes
    private var metadataBytes = 0
    private var stringBytes = 0
    private var objects = 0

    init(_ source: ByteSource, limits: Limits) throws(KerasFileError) {
        self.source = source
        self.limits = limits
        superblock = try Superblock(source)
        extents = FileExtents(end: superblock.endOfFile)
        pages = PagedBytes(source)
        try extents.claim(0, UInt64(Superblock.size), .superblock)
    }

    /// The whole tree.
    mutating func root() throws(KerasFileError) -> HDF5Group {
        let object = try object(at: superblock.rootHeader, name: "", path: "/", depth: 0)
        try extents.checkDisjoint()
        guard case .group(let root) = object else {
            throw KerasFileError(.wrongType(expected: .group, found: .dataset), path: "/")
        }
        return root
    }

    /// Claims a structure's bytes, and counts them, before they are read.
    mutating func claim(
        _ offset: UInt64, _ count: UInt64, _ structure: KerasFileError.Structure
    ) throws(KerasFileError) {
        try extents.claim(offset, count, structure)
        try charge(&metadataBytes, Int(clamping: count), .metadataBytes, limits.metadataBytes)
    }

    /// Claims a structure and reads it in full.
    mutating func take(
        _ offset: UInt64, _ count: Int, _ structure: KerasFileError.Structure
    ) throws(KerasFileError) -> ByteCursor {
        try claim(offset, UInt64(clamping: count), structure)
        return try peek(offset, count, structure)
    }

    /// Reads bytes that have been claimed already.
    mutating func peek(
        _ offset: UInt64, _ count: Int, _ structure: KerasFileError.Structure
    ) throws(KerasFileError) -> ByteCursor {
        ByteCursor(try pages.read(at: offset, count: count), at: offset, structure)
    }

    mutating func countObject() throws(KerasFileError) {
        try charge(&objects, 1, .objects, limits.objects)
    }

    /// To be called before a string of `count` bytes is made. Each counts 16 bytes more, for what refers to it: a file
    /// of nothing but empty strings is no way out.
    mutating func countString(_ count: Int) throws(KerasFileError) {
        try charge(&stringBytes, count + 16, .stringBytes, limits.stringBytes)
    }

    private func charge(
        _ counter: inout Int, _ amount: Int, _ limit: KerasFileError.Limit, _ maximum: Int
    ) throws(KerasFileError) {
        let (sum, overflow) = counter.addingReportingOverflow(amount)
        try Limits.check(limit, overflow ? .max : sum, maximum)
        counter = overflow ? .max : sum
    }

    /// A name of a link or attribute as text. Counted against the string budget.
    mutating func name(_ bytes: [UInt8], at offset: UInt64, _ structure: KerasFileError.Structure) throws(KerasFileError) -> String {
        try Limits.check(.linkNameBytes, bytes.count, limits.linkNameBytes, at: offset)
        guard !bytes.isEmpty else { throw KerasFileError(.malformed(structure, .size), offset: offset) }
        try countString(bytes.count)
        guard let name = String(validating: bytes, as: UTF8.self) else {
            throw KerasFileError(.malformed(structure, .encoding), offset: offset)
        }
        return name
    }
}
