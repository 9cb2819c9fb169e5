/// The shape of a value, batch dimension first: `[batch, ...]`. A dimension that is only known when a session is made is ``unknown``.
public struct Shape: Hashable, Sendable {
    /// Stands for a dimension that the model leaves open (Keras' `None`).
    public static let unknown = -1
    /// The format's bound on the number of dimensions, batch included.
    public static let maximumRank = 8

    public var dimensions: [Int]

    public init(_ dimensions: [Int]) { self.dimensions = dimensions }

    public var rank: Int { dimensions.count }

    public subscript(axis: Int) -> Int {
        get { dimensions[axis] }
        set { dimensions[axis] = newValue }
    }

    public var isKnown: Bool { !dimensions.contains(Shape.unknown) }

    /// The number of elements, or nil when a dimension is unknown or the product overflows.
    public var count: Int? { Shape.product(dimensions[...]) }

    /// The product of some dimensions, or nil when one is unknown or the product overflows.
    static func product(_ dimensions: ArraySlice<Int>) -> Int? {
        var result = 1
        for dimension in dimensions {
            guard dimension >= 0 else { return nil }
            let (product, overflow) = result.multipliedReportingOverflow(by: dimension)
            guard !overflow else { return nil }
            result = product
        }
        return result
    }

    /// Whether two dimensions can be the same number.
    static func agree(_ a: Int, _ b: Int) -> Bool { a == b || a == unknown || b == unknown }
}

/// What is known of a value before anything runs.
public struct ValueInfo: Hashable, Sendable {
    public var type: ValueType
    public var shape: Shape

    public init(_ type: ValueType, _ shape: Shape) {
        self.type = type
        self.shape = shape
    }
}
