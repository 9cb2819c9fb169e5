/// The index by name of a group's links in a heap: a B-tree of version 2 and type 5 (HDF5 file format specification, III.A.2),
/// exactly as libhdf5 lays it out. Records are in ascending order of their names' hashes.
struct LinkIndex {
    struct Record {
        static let size = 11

        let hash: UInt32
        let identifier: FractalHeap.Identifier

        init(_ cursor: inout ByteCursor) throws(KerasFileError) {
            hash = try cursor.u32()
            identifier = try FractalHeap.Identifier(&cursor)
        }
    }

    private static let nodeSize = 512
    /// Signature, version, type, checksum.
    private static let frameSize = 10
    private static let leafCapacity = (nodeSize - frameSize) / Record.size
    private static let type: UInt8 = 5

    private(set) var records: [Record] = []

    init(at address: UInt64, _ reader: inout HDF5Reader) throws(KerasFileError) {
        var header = try reader.takeChecked(address, 38, "BTHD", .linkIndex)
        let place = header
        guard try header.u8() == Self.type, try header.u32() == Self.nodeSize, try header.u16() == Record.size else {
            throw KerasFileError(.unsupportedFeature(.newerGroup), offset: place.offset)
        }
        let depth = Int(try header.u16())
        try header.skip(2)  // when to split and merge
        let root = try header.u64()
        let rootCount = Int(try header.u16())
        let total = try header.u64()
        guard total > 0 else {
            guard rootCount == 0 else { throw place.failure(.count) }
            return
        }
        // 23 children a node: 5 levels are two hundred million links.
        guard depth <= 5 else { throw place.failure(.value) }
        try collect(from: root, count: rootCount, depth: depth, &reader)
        guard UInt64(records.count) == total else { throw place.failure(.count) }
    }

    /// Bytes that a number up to `largest` takes.
    private static func width(of largest: Int) -> Int { (largest.bitWidth - largest.leadingZeroBitCount - 1) / 8 + 1 }

    /// How many records a node at `depth` can have, and it and all below it together; a leaf is at depth 0.
    private static func capacity(_ depth: Int) -> (node: Int, tree: Int) {
        guard depth > 0 else { return (leafCapacity, leafCapacity) }
        let pointer = pointerSize(depth)
        let node = (nodeSize - frameSize - pointer) / (Record.size + pointer)
        return (node, (node + 1) * capacity(depth - 1).tree + node)
    }

    /// Bytes of a node's reference to a child: its address, its number of records, and those of all below it.
    private static func pointerSize(_ depth: Int) -> Int { 8 + width(of: leafCapacity) + totalSize(depth) }

    private static func totalSize(_ depth: Int) -> Int { depth > 1 ? width(of: capacity(depth - 1).tree) : 0 }

    private mutating func collect(
        from address: UInt64, count: Int, depth: Int, _ reader: inout HDF5Reader
    ) throws(KerasFileError) {
        var whole = try reader.take(address, Self.nodeSize, .linkIndex)
        guard count > 0, count <= Self.capacity(depth).node else { throw whole.failure(.count) }
        let used = Self.frameSize + count * Record.size + (depth > 0 ? (count + 1) * Self.pointerSize(depth) : 0)
        var node = try reader.checked(try whole.part(used), depth > 0 ? "BTIN" : "BTLF")
        guard try node.u8() == Self.type else { throw node.failure(.value) }
        var own: [Record] = []
        for _ in 0..<count { own.append(try Record(&node)) }
        if depth == 0 {
            for record in own { try append(record, at: node) }
            return
        }
        for index in 0...count {
            let child = try node.u64()
            let childCount = Int(try node.unsigned(Self.width(of: Self.leafCapacity)))
            try node.skip(Self.totalSize(depth))
            try collect(from: child, count: childCount, depth: depth - 1, &reader)
            if index < count { try append(own[index], at: node) }
        }
    }

    private mutating func append(_ record: Record, at place: ByteCursor) throws(KerasFileError) {
        if let last = records.last, last.hash > record.hash { throw place.failure(.order) }
        records.append(record)
    }
}
