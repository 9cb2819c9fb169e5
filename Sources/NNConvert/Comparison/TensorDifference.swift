import KerasFiles

/// In what two tensors differ.
public struct TensorDifference: Sendable, Equatable {
    /// Type and shape of a stored tensor.
    public struct Form: Sendable, Equatable {
        public var elementType: ElementType
        public var shape: [Int]

        init(_ tensor: Tensor) {
            elementType = tensor.elementType
            shape = tensor.shape
        }
    }

    public var first: Form
    public var second: Form
    /// The elements; nil when they cannot be paired, because the shapes differ.
    public var elements: Elements?

    /// How far the elements are apart.
    public struct Elements: Sendable, Equatable {
        public var count: Int
        /// Those that differ by more than is allowed.
        public var differing = 0
        /// Over those that differ. NaN when one of two numbers is, or when infinities differ.
        public var largestAbsolute = 0.0
        /// Relative to the first tensor's number; infinite where that is zero.
        public var largestRelative = 0.0
        /// The first of those that differ.
        public var firstPlace: Place?
    }

    public struct Place: Sendable, Equatable {
        /// One index for each dimension.
        public var indices: [Int]
        public var first: Double
        public var second: Double
    }

    /// Compares two tensors; nil when they are the same. Without `tolerance` every bit counts.
    ///
    /// - Complexity: reads both once, in pieces; those pieces that are not the same bytes a second time.
    init?(_ first: Tensor, _ second: Tensor, _ tolerance: Agreement.Tolerance? = nil) throws(KerasFileError) {
        self.first = Form(first)
        self.second = Form(second)
        guard first.shape == second.shape else { return }
        var elements = Elements(count: first.count)
        let size = max(first.elementType.size, second.elementType.size)
        let step = Self.pieceBytes / size
        var start = 0
        while start < first.count {
            let range = start..<min(start + step, first.count)
            try elements.add(try first.piece(range), try second.piece(range), tolerance, from: start, shape: first.shape)
            start = range.upperBound
        }
        if elements.differing == 0, self.first == self.second { return nil }
        self.elements = elements
    }

    private static let pieceBytes = 1 << 18

    /// Whether nothing but the type differs.
    public var isOnlyType: Bool { elements?.differing == 0 }
}

extension TensorDifference.Elements {
    fileprivate mutating func add(
        _ first: Tensor, _ second: Tensor, _ tolerance: Agreement.Tolerance?, from start: Int, shape: [Int]
    ) throws(KerasFileError) {
        let isSameType = first.elementType == second.elementType
        let (bytes, otherBytes) = (try first.bytes(), try second.bytes())
        if isSameType, bytes == otherBytes { return }
        let (numbers, others) = (try first.doubles(), try second.doubles())
        let size = first.elementType.size
        for index in numbers.indices {
            let (a, b) = (numbers[index], others[index])
            if let tolerance {
                if tolerance.allows(b, a) { continue }
            } else if isSameType {
                if bytes[index * size..<(index + 1) * size] == otherBytes[index * size..<(index + 1) * size] { continue }
            } else if a == b || (a.isNaN && b.isNaN) {
                continue
            }
            differing += 1
            let difference = a == b ? 0 : (a - b).magnitude
            largestAbsolute = Self.larger(largestAbsolute, difference)
            largestRelative = Self.larger(largestRelative, difference == 0 ? 0 : difference / a.magnitude)
            if firstPlace == nil {
                firstPlace = TensorDifference.Place(indices: Self.indices(of: start + index, in: shape), first: a, second: b)
            }
        }
    }

    private static func larger(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }

    /// The indices of an element that is the `position`-th in row-major order.
    private static func indices(of position: Int, in shape: [Int]) -> [Int] {
        var rest = position
        var indices: [Int] = []
        for extent in shape.reversed() {
            indices.append(rest % extent)
            rest /= extent
        }
        return indices.reversed()
    }
}

extension Tensor {
    /// Some of the elements, counted in row-major order, as a tensor of one dimension. `range` must be inside.
    fileprivate func piece(_ range: Range<Int>) throws(KerasFileError) -> Tensor {
        try Tensor(
            elementType: elementType, shape: [range.count], source: source, offset: offset + UInt64(range.lowerBound * elementType.size),
            byteCount: range.count * elementType.size)
    }
}
