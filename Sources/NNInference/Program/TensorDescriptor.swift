/// How a stored tensor's elements are ordered. Raw values are part of the file format.
public enum TensorLayout: UInt8, Hashable, Sendable {
    case rowMajor = 0
    /// The tensor seen as a matrix `[K, N]` (all dimensions but the last, the last), stored as `[ceil(N / width)][K][width]`;
    /// the last panel is as narrow as the columns that remain, so nothing is padded and the order can be undone.
    case panels = 1
}

/// What the file says about one tensor: everything but its bytes.
public struct TensorDescriptor: Hashable, Sendable {
    /// Columns of a panel.
    public static let panelWidth = 32

    public var elementType: ElementType
    /// As in the Keras file; empty for a scalar.
    public var shape: [Int]
    public var layout: TensorLayout

    public init(_ elementType: ElementType, _ shape: [Int], layout: TensorLayout = .rowMajor) {
        self.elementType = elementType
        self.shape = shape
        self.layout = layout
    }

    /// Elements, or nil when the product overflows.
    public var count: Int? { Shape.product(shape[...]) }

    /// Bytes, or nil when the product overflows.
    public var byteCount: Int? {
        guard let count else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: elementType.size)
        return overflow ? nil : bytes
    }
}
