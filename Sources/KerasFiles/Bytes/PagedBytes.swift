/// A source read through a small cache of pages: HDF5 structures are many, small, and mostly neighbours.
struct PagedBytes {
    let source: ByteSource
    private var pages: [UInt64: [UInt8]] = [:]

    private static let pageSize = 8_192
    private static let pageLimit = 256

    init(_ source: ByteSource) {
        self.source = source
    }

    mutating func read(at offset: UInt64, count: Int) throws(KerasFileError) -> [UInt8] {
        let size = UInt64(Self.pageSize)
        let page = offset / size
        let first = Int(offset % size)
        guard count <= Self.pageSize - first else { return try source.read(at: offset, count: count) }
        let bytes = try load(page)
        guard first <= bytes.count, count <= bytes.count - first else {
            throw KerasFileError(
                .truncated(needed: UInt64(count), available: UInt64(max(0, bytes.count - first))), offset: offset)
        }
        return Array(bytes[first..<first + count])
    }

    private mutating func load(_ page: UInt64) throws(KerasFileError) -> [UInt8] {
        if let bytes = pages[page] { return bytes }
        let start = page * UInt64(Self.pageSize)
        guard start < source.size else { return [] }
        if pages.count == Self.pageLimit { pages.removeAll(keepingCapacity: true) }
        let bytes = try source.read(at: start, count: Int(min(UInt64(Self.pageSize), source.size - start)))
        pages[page] = bytes
        return bytes
    }
}
