/// Groups of the newer kind: a message for each link, or a heap of links and an index of their names.
extension HDF5Reader {
    /// The links of a group that has a link-information message, in ascending order of their names' bytes.
    mutating func links(_ information: inout ByteCursor, _ messages: [LinkMessage]) throws(KerasFileError) -> [Link] {
        let place = information.offset
        if let heap = try LinkInformation(&information).heap {
            guard messages.isEmpty else { throw KerasFileError(.malformed(.objectHeader, .value), offset: place) }
            return try links(in: heap.address, heap.index)
        }
        var links: [Link] = []
        for message in messages {
            links.append(try link(message.nameBytes, at: message.namePlace, to: message.headerAddress))
        }
        return try ordered(links, at: place)
    }

    /// The links in a heap.
    private mutating func links(in heapAddress: UInt64, _ indexAddress: UInt64) throws(KerasFileError) -> [Link] {
        let heap = try FractalHeap(at: heapAddress, &self)
        let index = try LinkIndex(at: indexAddress, &self)
        try Limits.check(.groupMembers, index.records.count, limits.groupMembers, at: indexAddress)
        // Each link is counted as it is read: many records may name one object of the heap.
        var links: [Link] = []
        for record in index.records {
            var body = try heap.object(record.identifier, &self)
            let message = try LinkMessage(&body)
            // libhdf5 finds a link by its name's hash only.
            guard body.remaining == 0, LookupHash.of(message.nameBytes) == record.hash else { throw body.failure(.value) }
            links.append(try link(message.nameBytes, at: message.namePlace, to: message.headerAddress))
        }
        return try ordered(links, at: heapAddress)
    }

    private func ordered(_ links: [Link], at place: UInt64) throws(KerasFileError) -> [Link] {
        var ordered: [Link] = []
        for link in links.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            try append(link, at: place, to: &ordered)
        }
        return ordered
    }
}
