/// Reads little-endian fields one after the other, up to the end of a part of the file. A field that is not wholly there is an
/// error, never a trap.
struct FieldReader {
    private(set) var position: Int
    let end: Int
    private let section: SectionKind?

    /// - Precondition: the range lies within the bytes that are read from later.
    init(_ range: Range<Int>, of section: SectionKind?) {
        position = range.lowerBound
        end = range.upperBound
        self.section = section
    }

    var remaining: Int { end - position }

    mutating func u8(_ bytes: RawSpan) throws(FormatError) -> UInt8 { try integer(bytes) }
    mutating func u16(_ bytes: RawSpan) throws(FormatError) -> UInt16 { try integer(bytes) }
    mutating func u32(_ bytes: RawSpan) throws(FormatError) -> UInt32 { try integer(bytes) }
    mutating func u64(_ bytes: RawSpan) throws(FormatError) -> UInt64 { try integer(bytes) }
    mutating func float(_ bytes: RawSpan) throws(FormatError) -> Float { Float(bitPattern: try integer(bytes)) }

    /// Passes over a field that is reserved.
    mutating func zero<Field: FixedWidthInteger & BitwiseCopyable>(_ type: Field.Type, _ bytes: RawSpan) throws(FormatError) {
        let start = position
        guard try integer(bytes) as Field == 0 else { throw FormatError(.reserved, at: start) }
    }

    /// The end of the content: nothing may follow.
    func finish() throws(FormatError) {
        guard position == end else { throw short(1) }
    }

    private mutating func integer<Field: FixedWidthInteger & BitwiseCopyable>(_ bytes: RawSpan) throws(FormatError) -> Field {
        let width = Field.bitWidth / 8
        guard width <= remaining else { throw short(width) }
        defer { position += width }
        // Checked against the span's bounds once more; any bytes are a valid integer.
        return Field(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: Field.self))
    }

    private func short(_ width: Int) -> FormatError {
        guard let section else {
            return FormatError(.truncated(needed: UInt64(width), available: UInt64(remaining)), at: position)
        }
        return FormatError(.sectionLength(section), at: position)
    }
}

extension RawSpan {
    /// The offset of the first byte in `range` that is not zero.
    ///
    /// - Precondition: the range lies within the span.
    func firstNonZero(in range: Range<Int>) -> Int? {
        for offset in range where unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) != 0 { return offset }
        return nil
    }

    func byte(at offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
}
