/// Groups of the newer kind.
extension HDF5Reader {
    /// The links of a group that has a link-information message, in ascending order of their names' bytes.
    mutating func links(_ information: inout ByteCursor, _ messages: [LinkMessage]) throws(KerasFileError) -> [Link] {
        let place = information.offset
        guard try LinkInformation(&information).heap == nil else {
            throw KerasFileError(.unsupportedFeature(.newerGroup), offset: place)
        }
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
