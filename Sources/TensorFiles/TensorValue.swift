/// A tensor in memory, as a user gives it to a model or takes it from one.
public struct TensorValue: Sendable, Equatable {
    /// Extents, outermost first. Empty for a scalar.
    public let shape: [Int]
    public let elements: TensorElements

    /// Throws `.elementCount` when the shape does not ask for exactly these elements.
    public init(shape: [Int], elements: TensorElements) throws(TensorFileError) {
        guard let count = Self.count(shape), count == elements.count else {
            throw TensorFileError(.elementCount(shape: shape, found: elements.count))
        }
        self.shape = shape
        self.elements = elements
    }

    /// A tensor of single-precision numbers. Throws `.elementCount`.
    public init(shape: [Int], floats: [Float]) throws(TensorFileError) {
        try self.init(shape: shape, elements: .float32(floats))
    }

    /// The product of the extents, or nil when one is negative or the product of the others overflows.
    static func count(_ shape: [Int]) -> Int? {
        var product = 1
        for extent in shape where extent != 0 {
            let (value, overflow) = product.multipliedReportingOverflow(by: extent)
            guard extent > 0, !overflow else { return nil }
            product = value
        }
        return shape.contains(0) ? 0 : product
    }
}

/// A tensor and the name under which it stands in its file, if the format has names.
public struct NamedTensor: Sendable, Equatable {
    public var name: String?
    public var value: TensorValue

    public init(_ name: String?, _ value: TensorValue) {
        self.name = name
        self.value = value
    }
}
