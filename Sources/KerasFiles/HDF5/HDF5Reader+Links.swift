/// Groups of the newer kind.
extension HDF5Reader {
    /// The links of a group that has a link-information message, in ascending order of their names' bytes.
    mutating func links(_ information: inout ByteCursor, _ messages: [LinkMessage]) throws(KerasFileError) -> [Link] {
        let place = information.offset
        if let heap = try LinkInformation(&information).heap {
            guard messages.isEmpty else { throw KerasFileError(.malformed(.objectHeader, .value), offset: place) }
            return try links(in: heap.address, heap.index)
        }
        return try ordered(messages, at: place)
    }

    /// The links in a heap.
    private mutating func links(in heapAddress: UInt64, _ indexAddress: UInt64) throws(KerasFileError) -> [Link] {
        let heap = try FractalHeap(at: heapAddress, &self)
        let index = try LinkIndex(at: indexAddress, &self)
        var messages: [LinkMessage] = []
        messages.reserveCapacity(index.records.count)
        for record in index.records {
            var body = try heap.object(record.identifier, &self)
            let message = try LinkMessage(&body)
            // libhdf5 finds a link by its name's hash only.
            guard body.remaining == 0, LookupHash.of(message.nameBytes) == record.hash else { throw body.failure(.value) }
            messages.append(message)
        }
        return try ordered(messages, at: heapAddress)
    }

    private mutating func ordered(_ messages: [LinkMessage], at place: UInt64) throws(KerasFileError) -> [Link] {
        guard messages.count <= limits.groupMembers else {
            throw KerasFileError(
                .limitExceeded(.groupMembers, found: UInt64(messages.count), limit: UInt64(clamping: limits.groupMembers)), offset: place)
        }
        var links: [Link] = []
        for message in messages.sorted(by: { $0.nameBytes.lexicographicallyPrecedes($1.nameBytes) }) {
            let link = try link(message.nameBytes, at: message.namePlace, to: message.headerAddress)
            try append(link, at: message.namePlace, to: &links)
        }
        return links
    }
}
