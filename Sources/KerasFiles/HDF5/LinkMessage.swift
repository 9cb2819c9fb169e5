/// A link of a group that is not kept in a symbol table (HDF5 file format specification, IV.A.2.g).
///
/// A symbol table holds ASCII names only. When Keras stores a layer whose name is not ASCII, libhdf5 turns the group
/// into one of the newer kind, with a message for each link.
struct LinkMessage {
    let nameBytes: [UInt8]
    let namePlace: UInt64
    let headerAddress: UInt64

    init(_ body: inout ByteCursor) throws(KerasFileError) {
        let place = body
        _ = try body.expectVersion(1...1)
        let flags = try body.u8()
        guard flags & ~0b11111 == 0 else { throw place.failure(.value) }
        if flags & 0b1000 != 0 {
            switch try body.u8() {
            case 0: break
            case 1: throw KerasFileError(.unsupportedFeature(.softLink), offset: place.offset)
            case 64: throw KerasFileError(.unsupportedFeature(.externalLink), offset: place.offset)
            default: throw place.failure(.value)
            }
        }
        if flags & 0b100 != 0 { try body.skip(8) }  // order of creation
        if flags & 0b10000 != 0 { guard try body.u8() <= 1 else { throw place.failure(.value) } }
        let length = try body.unsigned(1 << Int(flags & 0b11))
        guard let count = Int(exactly: length) else { throw place.failure(.size) }
        namePlace = body.offset
        nameBytes = try body.array(count)
        headerAddress = try body.u64()
    }
}

/// Where a group of the newer kind keeps its links (HDF5 file format specification, IV.A.2.c).
struct LinkInformation {
    /// Where the links are when there are too many for messages of their own; nil when there are not.
    let heap: (address: UInt64, index: UInt64)?

    init(_ body: inout ByteCursor) throws(KerasFileError) {
        let place = body
        _ = try body.expectVersion(0...0)
        let flags = try body.u8()
        guard flags & ~0b11 == 0 else { throw place.failure(.value) }
        if flags & 0b1 != 0 { try body.skip(8) }  // highest order of creation
        let address = try body.u64()
        let index = try body.u64()
        guard (address == Superblock.undefinedAddress) == (index == Superblock.undefinedAddress) else { throw place.failure(.address) }
        heap = address == Superblock.undefinedAddress ? nil : (address, index)
    }
}
