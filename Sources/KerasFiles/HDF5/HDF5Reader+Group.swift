/// Symbol-table groups: a tree over leaves of links, with the names in a heap of their own
/// (HDF5 file format specification, III.A.1, III.B, III.C, III.D and IV.A.2.r).
extension HDF5Reader {
    /// The members of the group that a symbol-table message describes, in stored order.
    mutating func members(
        _ message: inout ByteCursor, path: String, depth: Int
    ) throws(KerasFileError) -> [HDF5Object] {
        message.structure = .symbolTable
        let tree = try message.u64()
        let heap = try LocalHeap(at: try message.u64(), &self)

        var links: [Link] = []
        try collect(from: tree, expectedLevel: nil, heap, &links)

        var children: [HDF5Object] = []
        children.reserveCapacity(links.count)
        let prefix = path == "/" ? path : path + "/"
        for link in links {
            try countString(prefix.utf8.count + link.name.utf8.count)
            children.append(try object(at: link.header, name: link.name, path: prefix + link.name, depth: depth + 1))
        }
        return children
    }

    private struct Link {
        let name: String
        let header: UInt64
    }

    /// Visits a node of the tree. The level falls by one from a node to its children, which bounds the recursion (a level has 8 bits
    /// and every node is read once).
    private mutating func collect(
        from address: UInt64, expectedLevel: UInt8?, _ heap: LocalHeap, _ links: inout [Link]
    ) throws(KerasFileError) {
        let size = 24 + superblock.groupTreeCapacity * 16 + 8
        var node = try take(address, size, .groupTree)
        try node.expect("TREE")
        guard try node.u8() == 0 else { throw node.failure(.value) }
        let level = try node.u8()
        if let expectedLevel { guard level == expectedLevel else { throw node.failure(.order) } }
        // 16 children a node: 8 levels are four thousand million links.
        guard level <= 8 else { throw node.failure(.value) }
        let count = Int(try node.u16())
        guard count <= superblock.groupTreeCapacity else { throw node.failure(.count) }
        try node.skip(16 + 8)  // siblings, first key
        for _ in 0..<count {
            let child = try node.u64()
            try node.skip(8)
            if level > 0 {
                try collect(from: child, expectedLevel: level - 1, heap, &links)
            } else {
                try collect(fromLeaf: child, heap, &links)
            }
        }
    }

    private mutating func collect(
        fromLeaf address: UInt64, _ heap: LocalHeap, _ links: inout [Link]
    ) throws(KerasFileError) {
        let size = 8 + superblock.symbolNodeCapacity * SymbolTableEntry.size
        var node = try take(address, size, .symbolNode)
        try node.expect("SNOD")
        _ = try node.expectVersion(1...1)
        try node.skip(1)
        let count = Int(try node.u16())
        guard count <= superblock.symbolNodeCapacity else { throw node.failure(.count) }
        for _ in 0..<count {
            let place = node
            let entry = try SymbolTableEntry(&node)
            let bytes = try heap.name(at: entry.nameOffset, limits: limits)
            let name = try name(bytes, at: place.offset, .linkName)
            guard entry.link == .hard else {
                throw KerasFileError(.unsupportedFeature(.softLink), key: name, offset: place.offset)
            }
            guard !bytes.contains(UInt8(ascii: "/")), name != "." else {
                throw KerasFileError(.malformed(.linkName, .value), key: name, offset: place.offset)
            }
            // Also says that no name occurs twice.
            if let last = links.last, !last.name.utf8.lexicographicallyPrecedes(bytes) {
                throw KerasFileError(.malformed(.linkName, .order), key: name, offset: place.offset)
            }
            guard links.count < limits.groupMembers else {
                throw KerasFileError(
                    .limitExceeded(.groupMembers, found: UInt64(links.count) + 1, limit: UInt64(clamping: limits.groupMembers)),
                    offset: place.offset)
            }
            links.append(Link(name: name, header: entry.headerAddress))
        }
    }
}
