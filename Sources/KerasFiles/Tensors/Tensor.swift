/// A handle on the elements of a tensor where they are stored: row-major, little-endian, without gaps. Nothing is read
/// until it is asked for, so a handle costs nothing however large the tensor.
public struct Tensor: Sendable {
    public let elementType: ElementType
    /// Extents, outermost first. Empty for a scalar.
    public let shape: [Int]
    public let source: ByteSource
    /// Where the first element lies in `source`.
    public let offset: UInt64
    /// Product of the extents times the size of an element.
    public let byteCount: Int

    /// Product of the extents; 1 for a scalar.
    public var count: Int { byteCount / elementType.size }

    /// Checks that the shape needs exactly `byteCount` bytes and that `source` has them.
    public init(
        elementType: ElementType, shape: [Int], source: ByteSource, offset: UInt64, byteCount: Int
    ) throws(KerasFileError) {
        guard let needed = Self.byteCount(of: elementType, shape: shape), needed == byteCount else {
            throw KerasFileError(.malformed(.tensor, .size), offset: offset)
        }
        guard offset <= source.size, UInt64(byteCount) <= source.size - offset else {
            throw KerasFileError(
                .truncated(needed: UInt64(byteCount), available: offset <= source.size ? source.size - offset : 0),
                offset: offset)
        }
        self.elementType = elementType
        self.shape = shape
        self.source = source
        self.offset = offset
        self.byteCount = byteCount
    }

    /// A tensor whose elements are in memory.
    public init(elementType: ElementType, shape: [Int], bytes: [UInt8]) throws(KerasFileError) {
        try self.init(
            elementType: elementType, shape: shape, source: ByteSource(bytes), offset: 0, byteCount: bytes.count)
    }

    /// Bytes that a tensor of this type and shape takes, or nil when an extent is negative or the product overflows.
    public static func byteCount(of elementType: ElementType, shape: [Int]) -> Int? {
        // An extent of zero makes the product zero, but must not hide that the others overflow.
        var product = elementType.size
        var empty = false
        for extent in shape {
            guard extent >= 0 else { return nil }
            if extent == 0 {
                empty = true
                continue
            }
            let (value, overflow) = product.multipliedReportingOverflow(by: extent)
            guard !overflow else { return nil }
            product = value
        }
        return empty ? 0 : product
    }

    /// Fills `destination` with `range` (counted in bytes from the first element) of the stored bytes.
    /// `destination` must have as many bytes as the range; otherwise, or when the range is outside, throws `.malformed(.tensor, .size)`.
    public func read(bytes range: Range<Int>, into destination: inout MutableRawSpan) throws(KerasFileError) {
        guard range.lowerBound >= 0, range.upperBound <= byteCount, range.count == destination.byteCount else {
            throw KerasFileError(.malformed(.tensor, .size), offset: offset)
        }
        try source.read(at: offset + UInt64(range.lowerBound), into: &destination)
    }

    /// All stored bytes.
    public func bytes() throws(KerasFileError) -> [UInt8] {
        try source.read(at: offset, count: byteCount)
    }
}
