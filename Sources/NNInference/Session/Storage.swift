/// Where an operation's result lives.
enum ResultStorage: Hashable, Sendable {
    /// Memory of its own.
    case own
    /// The input's elements as they are: the operation only changes the shape.
    case alias(of: ValueID)
    /// The input's memory, if nobody needs the input afterwards.
    case inPlace(ValueID)
    /// The tensor's memory.
    case tensor(TensorID)
}
