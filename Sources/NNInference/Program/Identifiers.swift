/// Names a value that flows through a ``Program``: the inputs come first (0, 1, ...), then the results of each operation in order.
///
/// An operation may only refer to values with a smaller index than its own results, so a program has no cycles by construction.
public struct ValueID: Hashable, Sendable {
    public var index: Int

    public init(_ index: Int) { self.index = index }
}

/// Names a tensor of the tensor table: a weight as the Keras file stored it.
public struct TensorID: Hashable, Sendable {
    public var index: Int

    public init(_ index: Int) { self.index = index }
}
