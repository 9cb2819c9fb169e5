/// The first 96 bytes of an HDF5 file, version 0 (HDF5 file format specification, II.A).
struct Superblock {
    static let signatureBytes: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    static let size = 96
    /// What an address that leads nowhere looks like.
    static let undefinedAddress = UInt64.max

    /// Symbols that a leaf of a group's tree has room for.
    let symbolNodeCapacity: Int
    /// Children that an inner node of a group's tree has room for.
    let groupTreeCapacity: Int
    /// The file ends here as far as HDF5 is concerned.
    let endOfFile: UInt64
    let rootHeader: UInt64

    init(_ source: ByteSource) throws(KerasFileError) {
        guard try Self.hasSignature(source, at: 0) else {
            // A user block of 512, 1024, 2048 ... bytes may come first: bytes that mean something else to other programs.
            var offset: UInt64 = 512
            while offset < source.size, offset < 1 << 20 {
                if try Self.hasSignature(source, at: offset) {
                    throw KerasFileError(.unsupportedFeature(.userBlock), offset: offset)
                }
                offset *= 2
            }
            throw KerasFileError(.notHDF5, offset: 0)
        }
        let count = Int(min(source.size, UInt64(Self.size)))
        var cursor = ByteCursor(try source.read(at: 0, count: count), at: 0, .superblock)
        try cursor.skip(8)
        let version = try cursor.u8()
        guard version == 0 else {
            throw version <= 3
                ? KerasFileError(.unsupportedFeature(.newerSuperblock), offset: 8)
                : KerasFileError(.malformed(.superblock, .version), offset: 8)
        }
        guard count == Self.size else {
            throw KerasFileError(.truncated(needed: UInt64(Self.size), available: source.size), offset: 0)
        }
        // Free-space manager, root entry, reserved, shared-message format.
        for _ in 0..<4 where try cursor.u8() != 0 { throw cursor.failure(.version) }
        guard try cursor.u8() == 8, try cursor.u8() == 8 else {
            throw KerasFileError(.unsupportedFeature(.addressSize), offset: 13)
        }
        guard try cursor.u8() == 0 else { throw cursor.failure(.value) }
        symbolNodeCapacity = 2 * Int(try cursor.u16())
        groupTreeCapacity = 2 * Int(try cursor.u16())
        guard symbolNodeCapacity > 0, groupTreeCapacity > 0 else { throw cursor.failure(.value) }
        try cursor.skip(4)
        guard try cursor.u64() == 0 else { throw KerasFileError(.unsupportedFeature(.userBlock), offset: 24) }
        guard try cursor.u64() == Self.undefinedAddress else { throw cursor.failure(.address) }
        endOfFile = try cursor.u64()
        guard try cursor.u64() == Self.undefinedAddress else {
            throw KerasFileError(.unsupportedFeature(.driverInformation), offset: 48)
        }
        guard endOfFile >= UInt64(Self.size) else { throw KerasFileError(.malformed(.superblock, .size), offset: 40) }
        guard endOfFile <= source.size else {
            throw KerasFileError(.truncated(needed: endOfFile, available: source.size), offset: 40)
        }
        let root = try SymbolTableEntry(&cursor)
        guard root.link != .soft else { throw KerasFileError(.unsupportedFeature(.softLink), path: "/", offset: 56) }
        rootHeader = root.headerAddress
    }

    static func hasSignature(_ source: ByteSource, at offset: UInt64) throws(KerasFileError) -> Bool {
        let length = UInt64(signatureBytes.count)
        guard source.size >= length, offset <= source.size - length else { return false }
        return try source.read(at: offset, count: signatureBytes.count) == signatureBytes
    }
}
