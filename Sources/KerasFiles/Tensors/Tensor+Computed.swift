/// Tensors whose elements are other tensors' in other places, or are computed from them. They are handles like those on stored
/// tensors: elements are made when they are read, a range at a time.
extension Tensor {
    /// A tensor whose elements `elements` makes: it is asked for a range of them and returns their bytes.
    static func computed(
        _ elementType: ElementType, _ shape: [Int], elements: @escaping @Sendable (Range<Int>) throws(KerasFileError) -> [UInt8]
    ) throws(KerasFileError) -> Tensor {
        guard let byteCount = byteCount(of: elementType, shape: shape) else { throw KerasFileError(.malformed(.tensor, .size)) }
        let size = elementType.size
        let source = ByteSource(size: UInt64(byteCount)) { offset, target throws(KerasFileError) in
            // Whole elements, also where the reader wants a part of one.
            let first = Int(offset) / size
            let last = (Int(offset) + target.byteCount + size - 1) / size
            let bytes = try elements(first..<last)
            let start = Int(offset) - first * size
            for index in 0..<target.byteCount { target.storeBytes(of: bytes[start + index], toByteOffset: index, as: UInt8.self) }
        }
        return try Tensor(elementType: elementType, shape: shape, source: source, offset: 0, byteCount: byteCount)
    }

    /// The bytes of a range of elements.
    func bytes(ofElements range: Range<Int>) throws(KerasFileError) -> [UInt8] {
        let size = elementType.size
        var bytes = [UInt8](repeating: 0, count: range.count * size)
        var elements = bytes.mutableSpan
        var span = elements.mutableBytes
        try read(bytes: range.lowerBound * size..<range.upperBound * size, into: &span)
        return bytes
    }

    /// The same elements in another shape. Throws `.weightShape` when it has another number of them.
    package func reshaped(_ shape: [Int]) throws(KerasFileError) -> Tensor {
        guard Self.byteCount(of: elementType, shape: shape) == byteCount else {
            throw KerasFileError(.weightShape(expected: shape, found: self.shape))
        }
        return try Tensor(elementType: elementType, shape: shape, source: source, offset: offset, byteCount: byteCount)
    }

    /// Bytes that are read at a time, where elements lie far from each other.
    private static let windowSize = 64 << 20

    /// A tensor of elements of this one: element `index` is this one's element `place(index)`.
    ///
    /// Reading a part costs reading all between the first and the last element that the part is made of, in pieces of at most 64 MiB.
    package func gathered(_ shape: [Int]? = nil, _ place: @escaping @Sendable (Int) -> Int) throws(KerasFileError) -> Tensor {
        let tensor = self
        let size = elementType.size
        let window = Self.windowSize / size
        return try Tensor.computed(elementType, shape ?? self.shape) { range throws(KerasFileError) in
            let places = range.map(place)
            guard let first = places.min(), let last = places.max() else { return [] }
            var result = [UInt8](repeating: 0, count: places.count * size)
            for start in stride(from: first, through: last, by: window) {
                let end = min(start + window, last + 1)
                let bytes = try tensor.bytes(ofElements: start..<end)
                for (index, place) in places.enumerated() where start <= place && place < end {
                    for byte in 0..<size { result[index * size + byte] = bytes[(place - start) * size + byte] }
                }
            }
            return result
        }
    }

    /// Axis `axis` of the result is axis `axes[axis]` of this tensor, as NumPy has it.
    package func transposed(_ axes: [Int]) throws(KerasFileError) -> Tensor {
        guard axes.sorted() == Array(shape.indices) else { throw KerasFileError(.malformed(.tensor, .order)) }
        let extents = axes.map { shape[$0] }
        let steps = axes.map { shape[($0 + 1)...].reduce(1, *) }
        return try gathered(extents) { index in
            var rest = index
            var place = 0
            for axis in extents.indices.reversed() {
                let (quotient, coordinate) = rest.quotientAndRemainder(dividingBy: extents[axis])
                rest = quotient
                place += coordinate * steps[axis]
            }
            return place
        }
    }

    /// The tensor with the order along its first `count` axes reversed.
    package func flipped(firstAxes count: Int) throws(KerasFileError) -> Tensor {
        guard count <= shape.count else { throw KerasFileError(.malformed(.tensor, .order)) }
        // All axes together: the last position comes first.
        let positions = shape.prefix(count).reduce(1, *)
        let width = shape.dropFirst(count).reduce(1, *)
        return try gathered { index in
            let (position, element) = index.quotientAndRemainder(dividingBy: width)
            return (positions - 1 - position) * width + element
        }
    }

    /// Tensors of one type side by side along the last axis; they must agree in the others.
    package static func concatenated(_ parts: [Tensor]) throws(KerasFileError) -> Tensor {
        guard let first = parts.first, let columns = first.shape.last else { throw KerasFileError(.malformed(.tensor, .count)) }
        for part in parts where part.shape != first.shape || part.elementType != first.elementType {
            throw KerasFileError(.weightShape(expected: first.shape, found: part.shape))
        }
        let width = parts.count * columns
        let size = first.elementType.size
        return try computed(first.elementType, first.shape.dropLast() + [width]) { range throws(KerasFileError) in
            guard !range.isEmpty else { return [] }
            let rows = range.lowerBound / width..<(range.upperBound - 1) / width + 1
            var bytes = [UInt8](repeating: 0, count: rows.count * width * size)
            for (number, part) in parts.enumerated() {
                let stored = try part.bytes(ofElements: rows.lowerBound * columns..<rows.upperBound * columns)
                for row in 0..<rows.count {
                    let place = (row * parts.count + number) * columns * size
                    bytes.replaceSubrange(place..<place + columns * size, with: stored[row * columns * size..<(row + 1) * columns * size])
                }
            }
            let start = (range.lowerBound - rows.lowerBound * width) * size
            return Array(bytes[start..<start + range.count * size])
        }
    }

    /// The two halves of a vector of `Float`, added.
    package func halvesAdded() throws(KerasFileError) -> Tensor {
        guard elementType == .float32, shape.count == 1, count % 2 == 0 else { throw KerasFileError(.weightShape(expected: [2], found: shape)) }
        let numbers = try floats()
        let half = count / 2
        var bytes: [UInt8] = []
        for index in 0..<half {
            let bits = (numbers[index] + numbers[half + index]).bitPattern
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
        }
        return try Tensor(elementType: elementType, shape: [half], bytes: bytes)
    }
}
