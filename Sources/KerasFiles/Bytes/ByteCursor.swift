/// Reads little-endian fields one after the other from a range of bytes that was read from a file. Every read is checked
/// against the range's end and throws; nothing here can trap on the content.
struct ByteCursor {
    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int
    /// Where `bytes[0]` lies in the file.
    private let origin: UInt64
    /// What is being read, for errors.
    var structure: KerasFileError.Structure

    init(_ bytes: [UInt8], at origin: UInt64, _ structure: KerasFileError.Structure) {
        self.bytes = bytes
        self.position = 0
        self.end = bytes.count
        self.origin = origin
        self.structure = structure
    }

    private init(_ whole: ByteCursor, from start: Int, to end: Int) {
        bytes = whole.bytes
        position = start
        self.end = end
        origin = whole.origin
        structure = whole.structure
    }

    var remaining: Int { end - position }

    /// The next byte's place in the file.
    var offset: UInt64 { origin + UInt64(position) }

    func failure(_ flaw: KerasFileError.Flaw) -> KerasFileError {
        KerasFileError(.malformed(structure, flaw), offset: offset)
    }

    private func need(_ count: Int) throws(KerasFileError) {
        guard count >= 0, count <= remaining else { throw failure(.size) }
    }

    mutating func skip(_ count: Int) throws(KerasFileError) {
        try need(count)
        position += count
    }

    mutating func u8() throws(KerasFileError) -> UInt8 {
        try need(1)
        defer { position += 1 }
        return bytes[position]
    }

    mutating func u16() throws(KerasFileError) -> UInt16 { try integer() }
    mutating func u32() throws(KerasFileError) -> UInt32 { try integer() }
    mutating func u64() throws(KerasFileError) -> UInt64 { try integer() }

    private mutating func integer<T: FixedWidthInteger & UnsignedInteger>() throws(KerasFileError) -> T {
        let width = T.bitWidth / 8
        try need(width)
        var value: T = 0
        for index in (position..<position + width).reversed() { value = value << 8 | T(bytes[index]) }
        position += width
        return value
    }

    /// A number stored in `width` (1 to 8) bytes.
    mutating func unsigned(_ width: Int) throws(KerasFileError) -> UInt64 {
        try need(width)
        var value: UInt64 = 0
        for index in (position..<position + width).reversed() { value = value << 8 | UInt64(bytes[index]) }
        position += width
        return value
    }

    mutating func array(_ count: Int) throws(KerasFileError) -> [UInt8] {
        try need(count)
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    /// The next `count` bytes as a cursor of their own.
    mutating func part(_ count: Int, _ structure: KerasFileError.Structure? = nil) throws(KerasFileError) -> ByteCursor {
        try need(count)
        var part = ByteCursor(self, from: position, to: position + count)
        if let structure { part.structure = structure }
        position += count
        return part
    }

    /// The bytes up to the next NUL, which is passed over too.
    mutating func zeroTerminated() throws(KerasFileError) -> [UInt8] {
        guard let zero = bytes[position..<end].firstIndex(of: 0) else { throw failure(.size) }
        defer { position = zero + 1 }
        return Array(bytes[position..<zero])
    }

    mutating func expect(_ signature: StaticString) throws(KerasFileError) {
        let place = self
        let found = try array(signature.utf8CodeUnitCount)
        let same = signature.withUTF8Buffer { $0.elementsEqual(found) }
        guard same else { throw place.failure(.signature) }
    }

    mutating func expectVersion(_ versions: ClosedRange<UInt8>) throws(KerasFileError) -> UInt8 {
        let place = self
        let version = try u8()
        guard versions.contains(version) else { throw place.failure(.version) }
        return version
    }
}
