/// Symbol-table groups: a tree over leaves of links, with the names in a heap of their own
/// (HDF5 file format specification, III.A.1, III.B, III.C, III.D and IV.A.2.r).
extension HDF5Reader {
    /// A member of a group: its name and where its header is.
    struct Link {
        let name: String
        let header: UInt64
    }

    /// The objects that links lead to.
    mutating func members(_ links: [Link], path: String, depth: Int) throws(KerasFileError) -> [HDF5Object] {
        var children: [HDF5Object] = []
        children.reserveCapacity(links.count)
        let prefix = path == "/" ? path : path + "/"
        for link in links {
            try countString(prefix.utf8.count + link.name.utf8.count)
            children.append(try object(at: link.header, name: link.name, path: prefix + link.name, depth: depth + 1))
        }
        return children
    }

    /// A link, when its name is one that a member of a group may have.
    mutating func link(_ bytes: [UInt8], at place: UInt64, to header: UInt64) throws(KerasFileError) -> Link {
        let name = try name(bytes, at: place, .linkName)
        guard !bytes.contains(UInt8(ascii: "/")), !bytes.contains(0), name != "." else {
            throw KerasFileError(.malformed(.linkName, .value), key: name, offset: place)
        }
        return Link(name: name, header: header)
    }

    /// Appends a link, which must come after the last one; so no name occurs twice.
    func append(_ link: Link, at place: UInt64, to links: inout [Link]) throws(KerasFileError) {
        if let last = links.last, !last.name.utf8.lexicographicallyPrecedes(link.name.utf8) {
            throw KerasFileError(.malformed(.linkName, .order), key: link.name, offset: place)
        }
        try Limits.check(.groupMembers, links.count + 1, limits.groupMembers, at: place)
        links.append(link)
    }

    /// The links of the group that a symbol-table message describes, in stored order.
    mutating func links(fromSymbolTable message: inout ByteCursor) throws(KerasFileError) -> [Link] {
        message.structure = .symbolTable
        let tree = try message.u64()
        let heap = try LocalHeap(at: try message.u64(), &self)
        var links: [Link] = []
        try collect(from: tree, expectedLevel: nil, heap, &links)
        return links
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
        try node.skip(16)  // siblings
        var lower = try key(&node, heap)
        for _ in 0..<count {
            let child = try node.u64()
            let key = node
            let upper = try self.key(&node, heap)
            let first = links.count
            if level > 0 {
                try collect(from: child, expectedLevel: level - 1, heap, &links)
            } else {
                try collect(fromLeaf: child, heap, &links)
            }
            // The names below a child lie after the key on its left and do not pass the one on its right; libhdf5 looks for them there.
            if first < links.count {
                guard lower.lexicographicallyPrecedes(links[first].name.utf8),
                    !upper.lexicographicallyPrecedes(links[links.count - 1].name.utf8)
                else { throw key.failure(.order) }
            }
            lower = upper
        }
    }

    /// A name that separates two children. Counted as if it were kept: many keys may share one long name.
    private mutating func key(_ node: inout ByteCursor, _ heap: LocalHeap) throws(KerasFileError) -> [UInt8] {
        let name = try heap.name(at: try node.u64(), limits: limits)
        try countString(name.count)
        return name
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
            let link = try link(bytes, at: place.offset, to: entry.headerAddress)
            guard entry.link == .hard else {
                throw KerasFileError(.unsupportedFeature(.softLink), key: link.name, offset: place.offset)
            }
            try append(link, at: place.offset, to: &links)
        }
    }
}
