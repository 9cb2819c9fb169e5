/// What a directory entry and a local header both say about a member, with 64-bit sizes resolved.
struct ZipHeader {
    var flags: UInt16
    var method: UInt16
    var checksum: UInt32
    var compressedSize: UInt64
    var size: UInt64
    var name: [UInt8]
    /// Where the local header lies; only a directory entry says it.
    var localOffset: UInt64 = 0

    /// Bytes of a local header before its name.
    static let localSize = 30
    /// Bytes of a directory entry before its name.
    static let entrySize = 46

    /// Lengths of what follows the fixed part of a local header, to read it whole.
    static func localLengths(_ fixed: [UInt8]) -> Int {
        Int(fixed[26]) + Int(fixed[27]) << 8 + Int(fixed[28]) + Int(fixed[29]) << 8
    }

    init(entry cursor: inout ByteCursor) throws(KerasFileError) {
        guard try cursor.u32() == 0x0201_4B50 else { throw KerasFileError(.zip(.header), offset: cursor.offset - 4) }
        try cursor.skip(4)  // versions: what counts is which method and which fields are used
        try self.init(common: &cursor)
        let (nameLength, extraLength, commentLength) = (try cursor.u16(), try cursor.u16(), try cursor.u16())
        let disk = try cursor.u16()
        try cursor.skip(6)  // attributes
        localOffset = UInt64(try cursor.u32())
        name = try cursor.array(Int(nameLength))
        var extra = try cursor.part(Int(extraLength))
        try resolve(&extra, hasOffset: true)
        try cursor.skip(Int(commentLength))
        guard disk == 0 else { throw KerasFileError(.zip(.spanned), offset: cursor.offset) }
    }

    init(local cursor: inout ByteCursor) throws(KerasFileError) {
        guard try cursor.u32() == 0x0403_4B50 else { throw KerasFileError(.zip(.header), offset: cursor.offset - 4) }
        try cursor.skip(2)
        try self.init(common: &cursor)
        let (nameLength, extraLength) = (try cursor.u16(), try cursor.u16())
        name = try cursor.array(Int(nameLength))
        var extra = try cursor.part(Int(extraLength))
        try resolve(&extra, hasOffset: false)
    }

    private init(common cursor: inout ByteCursor) throws(KerasFileError) {
        flags = try cursor.u16()
        method = try cursor.u16()
        try cursor.skip(4)  // time and date
        checksum = try cursor.u32()
        compressedSize = UInt64(try cursor.u32())
        size = UInt64(try cursor.u32())
        name = []
    }

    /// Extra fields that give a member another name or another content in readers that know them:
    /// strong encryption, Unicode path, AES encryption.
    private static let refusedExtras: Set<UInt16> = [0x0017, 0x7075, 0x9901]

    /// Replaces saturated 32-bit values by those of the zip64 field, which must hold exactly these. A local header may also repeat in it
    /// both sizes that it has already given: so numpy writes `.npz` members under Python up to 3.10.
    private mutating func resolve(_ extra: inout ByteCursor, hasOffset: Bool) throws(KerasFileError) {
        let saturated = UInt64(UInt32.max)
        var wanted: [WritableKeyPath<ZipHeader, UInt64>] = [\.size, \.compressedSize]
        if hasOffset { wanted.append(\.localOffset) }
        wanted.removeAll { self[keyPath: $0] != saturated }
        var isResolved = false
        while extra.remaining > 0 {
            let place = extra.offset
            let identifier = try extra.u16()
            var field = try extra.part(Int(try extra.u16()))
            guard !Self.refusedExtras.contains(identifier) else { throw KerasFileError(.zip(.extraField(identifier)), offset: place) }
            guard identifier == 1 else { continue }
            if !hasOffset, !isResolved, wanted.isEmpty, field.remaining == 16 {
                guard try field.u64() == size, try field.u64() == compressedSize else {
                    throw KerasFileError(.zip(.extraField(1)), offset: place)
                }
                isResolved = true
                continue
            }
            guard !wanted.isEmpty, field.remaining == 8 * wanted.count else {
                throw KerasFileError(.zip(.extraField(1)), offset: place)
            }
            for value in wanted { self[keyPath: value] = try field.u64() }
            wanted = []
            isResolved = true
        }
        guard wanted.isEmpty else { throw KerasFileError(.zip(.extraField(1)), offset: extra.offset) }
    }

    /// Refuses what this reader does not read.
    func check() throws(ZipProblem) {
        // Bits 0, 6 and 13: encrypted contents, strong encryption, masked header.
        guard flags & 0x2041 == 0 else { throw .encrypted }
        guard flags & 0x0008 == 0 else { throw .dataDescriptor }
        guard method == 0 || method == 8 else { throw .method(method) }
        // Bits 1 and 2 tell how hard the compressor tried.
        let harmless = ZipName.utf8Flag | (method == 8 ? 0x0006 : 0)
        guard flags & ~harmless == 0 else { throw .flags(flags) }
        guard method == 8 || compressedSize == size else { throw .size }
        let (ceiling, overflow) = compressedSize.multipliedReportingOverflow(by: 1_100)
        guard overflow || size <= ceiling else { throw .ratio }
    }

    /// In what this local header contradicts a directory entry.
    func difference(from entry: ZipHeader) -> ZipProblem.Field? {
        if name != entry.name { return .name }
        if flags != entry.flags { return .flags }
        if method != entry.method { return .method }
        if checksum != entry.checksum { return .checksum }
        if compressedSize != entry.compressedSize { return .compressedSize }
        return size != entry.size ? .size : nil
    }
}
