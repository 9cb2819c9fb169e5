/// One entry of the tensor table, with the place of the tensor's bytes that follows from it.
public struct StoredTensor: Hashable, Sendable {
    public var descriptor: TensorDescriptor
    /// Where the bytes lie in the file.
    public var range: Range<Int>
    /// CRC-32C of the bytes.
    public var checksum: UInt32
}

/// The tensor table: for every tensor two words, then the dimensions of all of them, which entries may share.
enum TensorTable {
    static let entrySize = 8
    /// A bound on what an entry of eight bytes can make a reader allocate.
    static let limit = 1 << 20

    /// Reads the table and lays the tensors out in the data section.
    static func read(_ section: Section, data: Section, alignment: Int, _ bytes: RawSpan) throws(FormatError) -> [StoredTensor] {
        var entries = FieldReader(section.range, of: .tensors)
        let declared = try entries.u32(bytes)
        guard let count = Int(exactly: declared), count <= min(limit, entries.remaining / entrySize) else {
            throw FormatError(.count(UInt64(declared)), at: section.range.lowerBound)
        }
        let pool = entries.position + count * entrySize
        guard (section.range.upperBound - pool) % 4 == 0 else { throw FormatError(.sectionLength(.tensors), at: pool) }
        let poolCount = (section.range.upperBound - pool) / 4

        var tensors: [StoredTensor] = []
        tensors.reserveCapacity(count)
        var used = 0
        var end = UInt64(data.range.lowerBound)
        for _ in 0..<count {
            let place = entries.position
            let descriptor = try Self.descriptor(&entries, pool: pool, poolCount: poolCount, used: &used, bytes)
            let checksum = try entries.u32(bytes)
            // The data section's end is an Int, so nothing below it can overflow when it is rounded up.
            let start = end.roundedUp(to: UInt64(alignment))
            guard let size = descriptor.storedSize else { throw FormatError(.shapeOverflow, at: place) }
            guard start <= UInt64(data.range.upperBound), size <= UInt64(data.range.upperBound) - start else {
                throw dataLength(data, start, size)
            }
            end = start + size
            tensors.append(StoredTensor(descriptor: descriptor, range: Int(start)..<Int(end), checksum: checksum))
        }
        guard used == poolCount else { throw FormatError(.dimensions, at: pool + 4 * used) }
        guard end == UInt64(data.range.upperBound) else { throw dataLength(data, end, 0) }
        return tensors
    }

    private static func dataLength(_ data: Section, _ start: UInt64, _ size: UInt64) -> FormatError {
        let (needed, overflow) = (start - UInt64(data.range.lowerBound)).addingReportingOverflow(size)
        return FormatError(
            .dataLength(declared: UInt64(data.range.count), needed: overflow ? .max : needed), at: data.range.lowerBound)
    }

    /// Type, rank, layout and place of the dimensions: a word.
    ///
    /// Entries take their dimensions from the table's front to its back: each begins at or before the first number that no
    /// earlier entry has used, so one pass shows that every number is used.
    private static func descriptor(
        _ entries: inout FieldReader, pool: Int, poolCount: Int, used: inout Int, _ bytes: RawSpan
    ) throws(FormatError) -> TensorDescriptor {
        let place = entries.position
        let rawType = try entries.u8(bytes)
        let form = try entries.u8(bytes)
        let first = Int(try entries.u16(bytes))
        guard let type = ElementType(rawValue: rawType) else { throw FormatError(.elementType(rawType), at: place) }
        let rank = Int(form & 15)
        guard rank <= Shape.maximumRank else { throw FormatError(.rank(form & 15), at: place + 1) }
        guard let layout = TensorLayout(widthExponent: form >> 4), layout == .rowMajor || rank >= 2 else {
            throw FormatError(.layout(form >> 4), at: place + 1)
        }
        guard first <= used, rank <= poolCount - first else { throw FormatError(.dimensions, at: place + 2) }
        // Where a scalar's dimensions begin means nothing; one spelling.
        guard rank > 0 || first == 0 else { throw FormatError(.dimensions, at: place + 2) }
        used = max(used, first + rank)
        var shape: [Int] = []
        shape.reserveCapacity(rank)
        var dimensions = FieldReader(pool + 4 * first..<pool + 4 * (first + rank), of: .tensors)
        for _ in 0..<rank {
            let dimension = try dimensions.u32(bytes)
            guard let number = Int(exactly: dimension) else { throw FormatError(.dimension(dimension), at: dimensions.position - 4) }
            shape.append(number)
        }
        return TensorDescriptor(type, shape, layout: layout)
    }
}

extension TensorDescriptor {
    /// Bytes in the file, or nil when the dimensions' product overflows, even where another dimension is zero.
    package var storedSize: UInt64? {
        var product = UInt64(elementType.size)
        var isEmpty = false
        for dimension in shape {
            guard let dimension = UInt64(exactly: dimension) else { return nil }
            if dimension == 0 {
                isEmpty = true
                continue
            }
            let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
            guard !overflow else { return nil }
            product = next
        }
        return isEmpty ? 0 : product
    }
}

extension TensorLayout {
    /// The layout's number in the tensor table: the binary logarithm of the panels' width, 0 for none.
    package var widthExponent: UInt8 {
        switch self {
        case .rowMajor: 0
        case .panels: UInt8(TensorDescriptor.panelWidth.trailingZeroBitCount)
        }
    }

    init?(widthExponent: UInt8) {
        switch widthExponent {
        case TensorLayout.rowMajor.widthExponent: self = .rowMajor
        case TensorLayout.panels.widthExponent: self = .panels
        default: return nil
        }
    }
}

extension UInt64 {
    /// The next multiple of a power of two.
    package func roundedUp(to alignment: UInt64) -> UInt64 { (self + (alignment - 1)) & ~(alignment - 1) }
}
