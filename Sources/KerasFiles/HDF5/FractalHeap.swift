/// The links of a group of the newer kind that has more than eight (HDF5 file format specification, III.G), exactly as libhdf5
/// lays out a heap of links; no other heaps are read.
///
/// A heap is a space of 2^32 bytes in blocks: rows of four, of 512 bytes in rows 0 and 1 and twice the size in each row after.
/// Blocks of up to 64 KiB hold objects; the larger ones are divided in the same way again.
struct FractalHeap {
    /// How an object is named.
    struct Identifier {
        static let size = 7

        let offset: UInt64
        let length: Int

        init(_ cursor: inout ByteCursor) throws(KerasFileError) {
            let place = cursor
            switch try cursor.u8() {
            case 0: break
            // An object of more than 4 KiB, kept elsewhere: a link whose name is as long.
            case 0x10: throw KerasFileError(.unsupportedFeature(.newerGroup), offset: place.offset)
            default: throw place.failure(.value)
            }
            offset = UInt64(try cursor.u32())
            length = Int(try cursor.u16())
        }
    }

    private struct Block {
        let start: UInt64
        let size: UInt64
        let address: UInt64
    }

    private static let width = 4
    private static let firstSize: UInt64 = 512
    /// Rows whose blocks hold objects: 512 bytes to 64 KiB.
    private static let directRows = 9
    /// Rows that make 2^32 bytes.
    private static let allRows = 22
    private static let blockHeadSize = 4 + 1 + 8 + 4 + 4

    private let header: UInt64
    /// In ascending order of `start`.
    private var blocks: [Block] = []

    init(at address: UInt64, _ reader: inout HDF5Reader) throws(KerasFileError) {
        header = address
        var cursor = try reader.takeChecked(address, 146, "FRHP", .fractalHeap)
        let place = cursor
        guard try cursor.u16() == Identifier.size, try cursor.u16() == 0, try cursor.u8() == 2, try cursor.u32() == 4_096 else {
            throw KerasFileError(.unsupportedFeature(.newerGroup), offset: place.offset)
        }
        try cursor.skip(12 * 8)  // statistics, and where free space and large objects are
        guard try cursor.u16() == Self.width, try cursor.u64() == Self.firstSize, try cursor.u64() == 1 << 16,
            try cursor.u16() == 32, try cursor.u16() == 1
        else { throw KerasFileError(.unsupportedFeature(.newerGroup), offset: place.offset) }
        let root = try cursor.u64()
        let rows = Int(try cursor.u16())
        guard root != Superblock.undefinedAddress else { return }
        if rows == 0 {
            try add(Block(start: 0, size: Self.firstSize, address: root), &reader)
        } else {
            guard rows <= Self.allRows else { throw place.failure(.count) }
            try addBlocks(of: root, rows: rows, start: 0, &reader)
        }
    }

    private static func blockSize(_ row: Int) -> UInt64 { row == 0 ? firstSize : firstSize << UInt64(row - 1) }

    /// Adds the blocks that an indirect block lists. A block within it has fewer rows, which bounds the recursion.
    private mutating func addBlocks(
        of address: UInt64, rows: Int, start: UInt64, _ reader: inout HDF5Reader
    ) throws(KerasFileError) {
        let size = 4 + 1 + 8 + 4 + rows * Self.width * 8 + 4
        var cursor = try reader.takeChecked(address, size, "FHIB", .fractalHeap)
        guard try cursor.u64() == header, try cursor.u32() == start else { throw cursor.failure(.address) }
        var start = start
        for row in 0..<rows {
            let size = Self.blockSize(row)
            for _ in 0..<Self.width {
                let child = try cursor.u64()
                if child != Superblock.undefinedAddress {
                    if row < Self.directRows {
                        try add(Block(start: start, size: size, address: child), &reader)
                    } else {
                        // As many rows as make `size` bytes; every row after the second doubles the sum.
                        let rows = size.trailingZeroBitCount - (Self.firstSize * UInt64(Self.width)).trailingZeroBitCount + 1
                        try addBlocks(of: child, rows: rows, start: start, &reader)
                    }
                }
                start += size
            }
        }
    }

    private mutating func add(_ block: Block, _ reader: inout HDF5Reader) throws(KerasFileError) {
        var whole = try reader.take(block.address, Int(block.size), .fractalHeap)
        let place = whole
        try whole.expect("FHDB")
        _ = try whole.expectVersion(0...0)
        guard try whole.u64() == header, try whole.u32() == block.start else { throw place.failure(.address) }
        // The checksum is within what it is of, as zero.
        var start = place
        let before = try start.array(Self.blockHeadSize - 4)
        let checksum = try start.u32()
        let after = try start.array(start.remaining)
        guard checksum == LookupHash.of(before + [0, 0, 0, 0] + after) else { throw place.failure(.checksum) }
        blocks.append(block)
    }

    /// Reads an object.
    func object(_ identifier: Identifier, _ reader: inout HDF5Reader) throws(KerasFileError) -> ByteCursor {
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].start + blocks[middle].size <= identifier.offset { low = middle + 1 } else { high = middle }
        }
        guard low < blocks.count, identifier.offset >= blocks[low].start else {
            throw KerasFileError(.malformed(.fractalHeap, .address), offset: header)
        }
        let block = blocks[low]
        let offset = identifier.offset - block.start
        guard offset >= Self.blockHeadSize, UInt64(identifier.length) <= block.size - offset else {
            throw KerasFileError(.malformed(.fractalHeap, .size), offset: block.address)
        }
        return try reader.peek(block.address + offset, identifier.length, .headerMessage)
    }
}

extension HDF5Reader {
    /// Claims and reads a structure that begins with a signature and version 0 and ends with a checksum. The cursor is after
    /// the version.
    mutating func takeChecked(
        _ offset: UInt64, _ count: Int, _ signature: StaticString, _ structure: KerasFileError.Structure
    ) throws(KerasFileError) -> ByteCursor {
        try checked(try take(offset, count, structure), signature)
    }

    func checked(_ cursor: ByteCursor, _ signature: StaticString) throws(KerasFileError) -> ByteCursor {
        var whole = cursor
        try whole.expect(signature)
        _ = try whole.expectVersion(0...0)
        var content = cursor
        let bytes = try content.array(content.remaining - 4)
        guard try content.u32() == LookupHash.of(bytes) else { throw cursor.failure(.checksum) }
        return whole
    }
}
