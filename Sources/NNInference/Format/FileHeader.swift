/// The first 32 bytes of a `.nnc` file.
public struct FileHeader: Hashable, Sendable {
    /// As in PNG: a byte that is no ASCII, the name, and line endings that a transfer as text would change.
    public static let magic: [UInt8] = [0x8E, 0x4E, 0x4E, 0x43, 0x0D, 0x0A, 0x1A, 0x0A]
    public static let size = 32
    /// The versions this build reads and writes.
    public static let containerVersion: UInt16 = 1
    public static let operationSet: UInt16 = 1

    /// Of the operations in the program; 0 without a program.
    public var operationSet: UInt16
    /// Every tensor starts at a multiple of this many bytes: 16 for a file that goes into flash memory, otherwise 64.
    public var alignment: Int
    public var sectionCount: Int
    /// Bytes of the whole file.
    public var length: Int
    /// CRC-32C of the header and the section table.
    var checksum: UInt32

    /// Where the section table ends.
    var tableEnd: Int { FileHeader.size + sectionCount * FileHeader.entrySize }

    package static let entrySize = 16
    /// More sections than there will ever be kinds.
    static let sectionLimit: UInt16 = 64
    /// Powers of two that an alignment may be.
    static let alignmentExponents: ClosedRange<UInt8> = 4...12
    /// Where the header's own checksum stands; it counts as zero in it.
    package static let checksumRange = 24..<28

    /// Reads the header and checks it and the section table against their checksum.
    ///
    /// - Parameter fileLength: bytes of the file, of which `bytes` may be only the first.
    init(_ bytes: RawSpan, fileLength: UInt64) throws(FormatError) {
        try FileHeader.checkMagic(bytes)
        guard bytes.byteCount >= FileHeader.size else {
            throw FormatError(.truncated(needed: UInt64(FileHeader.size), available: UInt64(bytes.byteCount)), at: 0)
        }
        var fields = FieldReader(8..<FileHeader.size, of: nil)
        let version = try fields.u16(bytes)
        guard version == FileHeader.containerVersion else { throw FormatError(.containerVersion(version), at: 8) }
        operationSet = try fields.u16(bytes)
        let exponent = try fields.u8(bytes)
        let flags = try fields.u8(bytes)
        let count = try fields.u16(bytes)
        let declared = try fields.u64(bytes)
        checksum = try fields.u32(bytes)
        let reserved = try fields.u32(bytes)
        guard (2...FileHeader.sectionLimit).contains(count) else { throw FormatError(.sectionCount(count), at: 14) }
        sectionCount = Int(count)
        alignment = 0
        length = 0
        guard tableEnd <= bytes.byteCount else {
            throw FormatError(.truncated(needed: UInt64(tableEnd), available: UInt64(bytes.byteCount)), at: 0)
        }
        guard checksum == FileHeader.checksum(of: bytes, tableEnd: tableEnd) else { throw FormatError(.checksum(.header), at: 24) }

        guard operationSet <= FileHeader.operationSet else { throw FormatError(.operationSet(operationSet), at: 10) }
        guard FileHeader.alignmentExponents.contains(exponent) else { throw FormatError(.alignment(exponent), at: 12) }
        guard flags == 0 else { throw FormatError(.reserved, at: 13) }
        guard reserved == 0 else { throw FormatError(.reserved, at: 28) }
        guard declared == fileLength else { throw FormatError(.length(declared: declared, found: fileLength), at: 16) }
        guard let length = Int(exactly: declared) else { throw FormatError(.tooLarge(declared), at: 16) }
        alignment = 1 << Int(exponent)
        self.length = length
    }

    /// The checksum of the header and the section table, whose own field counts as zero.
    package static func checksum(of bytes: RawSpan, tableEnd: Int) -> UInt32 {
        var crc = CRC32C()
        crc.update(bytes.extracting(0..<checksumRange.lowerBound))
        let zero: [UInt8] = [0, 0, 0, 0]
        crc.update(zero.span.bytes)
        crc.update(bytes.extracting(checksumRange.upperBound..<tableEnd))
        return crc.value
    }

    private static func checkMagic(_ bytes: RawSpan) throws(FormatError) {
        var first: [UInt8] = []
        for offset in 0..<min(magic.count, bytes.byteCount) { first.append(bytes.byte(at: offset)) }
        guard first != magic else { return }
        // A file cut off within its magic is a file cut off.
        guard first.count == magic.count || first != Array(magic.prefix(first.count)) else {
            throw FormatError(.truncated(needed: UInt64(size), available: UInt64(first.count)), at: 0)
        }
        throw FormatError(.signature(FormatError.Resemblance(first)), at: 0)
    }
}

extension FormatError.Resemblance {
    init(_ first: [UInt8]) {
        let text: [UInt8] = [0x4E, 0x4E, 0x43]
        if Array(first.dropFirst().prefix(3)) == text, first[0] | 0x80 == FileHeader.magic[0] {
            self = .damagedInTransfer
        } else if first == Array(FileHeader.magic.reversed()) || Array(first.prefix(4)) == Array(FileHeader.magic.prefix(4).reversed()) {
            self = .byteSwapped
        } else if first == [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A] {
            self = .hdf5
        } else if Array(first.prefix(4)) == [0x50, 0x4B, 0x03, 0x04] {
            self = .zip
        } else if Array(first.prefix(4)) == [0x47, 0x47, 0x55, 0x46] {
            self = .gguf
        } else if first.first == 0x7B {
            self = .json
        } else {
            self = .unknown
        }
    }
}
