/// Which bytes of a file have been claimed by a structure or by tensor data.
///
/// libhdf5 allocates every structure separately, so in an honest file nothing overlaps. That one rule excludes cycles,
/// many names for the same bytes, and work beyond one pass over the file.
struct FileExtents {
    private struct Extent {
        let start: UInt64
        let end: UInt64
    }

    /// One past the last byte that may be claimed.
    let end: UInt64
    private var extents: [Extent] = []
    private var starts: Set<UInt64> = []
    private var total: UInt64 = 0

    init(end: UInt64) {
        self.end = end
    }

    /// Whether a structure that begins at `offset` has been claimed before.
    func hasClaimed(_ offset: UInt64) -> Bool { starts.contains(offset) }

    /// Claims bytes for a structure that is about to be read. Throws when they are not in the file, when a structure at the same
    /// place has been read already, or when more bytes have been claimed than the file has.
    mutating func claim(
        _ offset: UInt64, _ count: UInt64, _ structure: KerasFileError.Structure
    ) throws(KerasFileError) {
        guard offset != Superblock.undefinedAddress else {
            throw KerasFileError(.malformed(structure, .absent))
        }
        guard offset <= end else { throw KerasFileError(.malformed(structure, .address), offset: offset) }
        guard count <= end - offset else {
            throw KerasFileError(.truncated(needed: count, available: end - offset), offset: offset)
        }
        guard count > 0 else { return }
        guard starts.insert(offset).inserted else {
            throw KerasFileError(.malformed(structure, .overlap), offset: offset)
        }
        let (sum, overflow) = total.addingReportingOverflow(count)
        guard !overflow, sum <= end else { throw KerasFileError(.malformed(.extents, .overlap), offset: offset) }
        total = sum
        extents.append(Extent(start: offset, end: offset + count))
    }

    /// Throws when two claims share a byte. To be called once, when everything has been claimed.
    mutating func checkDisjoint() throws(KerasFileError) {
        extents.sort { $0.start < $1.start }
        var last: UInt64 = 0
        for extent in extents {
            guard extent.start >= last else {
                throw KerasFileError(.malformed(.extents, .overlap), offset: extent.start)
            }
            last = extent.end
        }
    }
}
