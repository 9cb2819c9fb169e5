/// Object headers, version 1 (HDF5 file format specification, IV.A.1.a), and the objects they make.
extension HDF5Reader {
    /// The group or dataset whose header is at `address`, with everything in it.
    mutating func object(
        at address: UInt64, name: String, path: String, depth: Int
    ) throws(KerasFileError) -> HDF5Object {
        do throws(KerasFileError) {
            return try unplacedObject(at: address, name: name, path: path, depth: depth)
        } catch {
            var placed = error
            if placed.path == nil { placed.path = path }
            throw placed
        }
    }

    private mutating func unplacedObject(
        at address: UInt64, name: String, path: String, depth: Int
    ) throws(KerasFileError) -> HDF5Object {
        try Limits.check(.groupDepth, depth, limits.groupDepth)
        try countObject()
        var contents = try headerContents(at: address, path: path)
        let attributes = HDF5Attributes(objectPath: path, contents.attributes)

        let isDataset = contents.datatype != nil || contents.dataspace != nil || contents.layout != nil
        if contents.symbolTable != nil || contents.linkInformation != nil || !contents.links.isEmpty {
            guard !isDataset else { throw KerasFileError(.malformed(.objectHeader, .value), offset: address) }
            let links = try links(&contents, at: address)
            let children = try members(links, path: path, depth: depth)
            return .group(HDF5Group(name: name, path: path, attributes: attributes, children: children))
        }
        guard contents.datatype != nil else { throw KerasFileError(.malformed(.objectHeader, .absent), offset: address) }
        guard contents.dataspace != nil || contents.layout != nil else {
            throw KerasFileError(.unsupportedFeature(.committedDatatype), offset: address)
        }
        let tensor = try tensor(&contents, at: address)
        return .dataset(HDF5Dataset(name: name, path: path, attributes: attributes, tensor: tensor))
    }

    /// The messages of one object that mean something to us.
    private struct HeaderContents {
        var dataspace: ByteCursor?
        var datatype: ByteCursor?
        var layout: ByteCursor?
        var symbolTable: ByteCursor?
        var linkInformation: ByteCursor?
        var links: [LinkMessage] = []
        var attributes: [HDF5Attribute] = []
        var attributeNames: Set<ExactText> = []

        /// Stores a message that may occur once.
        static func set(_ field: inout ByteCursor?, _ message: HeaderMessage) throws(KerasFileError) {
            guard field == nil else { throw message.body.failure(.duplicate) }
            field = message.body
        }
    }

    private mutating func headerContents(at address: UInt64, path: String) throws(KerasFileError) -> HeaderContents {
        // A second link to the same object, or a cycle.
        guard !extents.hasClaimed(address) else {
            throw KerasFileError(.unsupportedFeature(.sharedObject), offset: address)
        }
        let prefixSize = 16
        var prefix = try take(address, prefixSize, .objectHeader)
        if try prefix.u8() != 1 {
            var again = try peek(address, 4, .objectHeader)
            try again.expect("OHDR")
            throw KerasFileError(.unsupportedFeature(.newerObjectHeader), offset: address)
        }
        try prefix.skip(1)
        let expected = Int(try prefix.u16())
        try prefix.skip(4)
        let firstSize = try prefix.u32()

        var contents = HeaderContents()
        var found = 0
        var total = 0
        // Blocks of messages yet to be read: a work list instead of recursion.
        var blocks: [(offset: UInt64, size: UInt64)] = []
        if firstSize > 0 { blocks.append((address + UInt64(prefixSize), UInt64(firstSize))) }
        var next = 0
        while next < blocks.count {
            let block = blocks[next]
            let structure: KerasFileError.Structure = next == 0 ? .objectHeader : .continuation
            next += 1
            let (sum, overflow) = total.addingReportingOverflow(Int(clamping: block.size))
            try Limits.check(.headerBytes, overflow ? .max : sum, limits.headerBytes, at: block.offset)
            total = overflow ? .max : sum
            var cursor = try take(block.offset, Int(clamping: block.size), structure)
            while cursor.remaining > 0 {
                var message = try HeaderMessage(&cursor)
                found += 1
                guard found <= expected else { throw KerasFileError(.malformed(.objectHeader, .count), offset: address) }
                switch message.kind {
                case .continuation:
                    message.body.structure = .continuation
                    let offset = try message.body.u64()
                    let size = try message.body.u64()
                    guard size > 0 else { throw message.body.failure(.size) }
                    blocks.append((offset, size))
                case .attribute: try add(&message.body, to: &contents, path: path)
                case .dataspace: try HeaderContents.set(&contents.dataspace, message)
                case .datatype: try HeaderContents.set(&contents.datatype, message)
                case .dataLayout: try HeaderContents.set(&contents.layout, message)
                case .symbolTable: try HeaderContents.set(&contents.symbolTable, message)
                case .linkInformation: try HeaderContents.set(&contents.linkInformation, message)
                case .link: contents.links.append(try LinkMessage(&message.body))
                case .fillValue: _ = try message.body.expectVersion(1...3)
                // Fill values say what unwritten elements would be, and all elements are written. Comments and times are not
                // Keras's.
                default: break
                }
            }
        }
        guard found == expected else { throw KerasFileError(.malformed(.objectHeader, .count), offset: address) }
        return contents
    }

    private mutating func add(
        _ body: inout ByteCursor, to contents: inout HeaderContents, path: String
    ) throws(KerasFileError) {
        try Limits.check(.attributes, contents.attributes.count + 1, limits.attributes, at: body.offset)
        let place = body.offset
        let attribute = try attribute(&body, objectPath: path)
        guard contents.attributeNames.insert(ExactText(attribute.name)).inserted else {
            throw KerasFileError(.malformed(.attribute, .duplicate), key: attribute.name, offset: place)
        }
        contents.attributes.append(attribute)
    }

    private mutating func links(_ contents: inout HeaderContents, at address: UInt64) throws(KerasFileError) -> [Link] {
        switch (contents.symbolTable, contents.linkInformation) {
        case (var table?, nil) where contents.links.isEmpty: return try links(fromSymbolTable: &table)
        case (nil, var information?): return try links(&information, contents.links)
        default: throw KerasFileError(.malformed(.objectHeader, .value), offset: address)
        }
    }

    private mutating func tensor(_ contents: inout HeaderContents, at address: UInt64) throws(KerasFileError) -> Tensor {
        guard var typeMessage = contents.datatype, var spaceMessage = contents.dataspace, var layoutMessage = contents.layout
        else { throw KerasFileError(.malformed(.objectHeader, .absent), offset: address) }
        let space = try Dataspace(&spaceMessage, limits: limits)
        let layout = try DataLayout(&layoutMessage)
        guard case .number(let elementType) = try Datatype(&typeMessage) else {
            throw KerasFileError(.unsupportedFeature(.stringDataset), offset: address)
        }
        guard let byteCount = Tensor.byteCount(of: elementType, shape: space.shape), UInt64(byteCount) == layout.byteCount else {
            throw KerasFileError(.malformed(.dataLayout, .size), offset: address)
        }
        var offset = layout.address
        if byteCount == 0 {
            // Nothing is stored, and the address is undefined or means nothing.
            if offset != Superblock.undefinedAddress { try extents.claim(offset, 0, .dataLayout) }
            offset = 0
        } else if !layout.isCompact {
            guard offset != Superblock.undefinedAddress else {
                throw KerasFileError(.unsupportedFeature(.unwrittenDataset), offset: address)
            }
            try extents.claim(offset, UInt64(byteCount), .dataLayout)
        }
        return try Tensor(
            elementType: elementType, shape: space.shape, source: source, offset: offset, byteCount: byteCount)
    }
}
