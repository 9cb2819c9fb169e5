/// The names of one group's links (HDF5 file format specification, III.D).
struct LocalHeap {
    private let segment: [UInt8]
    private let origin: UInt64

    init(at address: UInt64, _ reader: inout HDF5Reader) throws(KerasFileError) {
        var header = try reader.take(address, 32, .localHeap)
        try header.expect("HEAP")
        _ = try header.expectVersion(0...0)
        try header.skip(3)
        let size = try header.u64()
        try header.skip(8)  // list of free blocks
        origin = try header.u64()
        guard let count = Int(exactly: size) else { throw header.failure(.size) }
        var body = try reader.take(origin, count, .localHeap)
        segment = try body.array(count)
    }

    /// The bytes from `offset` up to the next NUL.
    func name(at offset: UInt64, limits: Limits) throws(KerasFileError) -> [UInt8] {
        guard let start = Int(exactly: offset), start < segment.count else {
            throw KerasFileError(.malformed(.linkName, .address), offset: origin)
        }
        // Looking further than the limit would make many names in one long run of bytes expensive.
        let window = segment[start..<min(segment.count, start + min(limits.linkNameBytes, segment.count) + 1)]
        guard let end = window.firstIndex(of: 0) else {
            try Limits.check(.linkNameBytes, window.count, limits.linkNameBytes, at: origin + offset)
            throw KerasFileError(.malformed(.linkName, .size), offset: origin + offset)
        }
        return Array(segment[start..<end])
    }
}
