/// Why a run stopped. The session can be used again afterwards.
public enum RunError: Error, Hashable, Sendable {
    /// An input or output that the model does not have.
    case noSuchInput(Int)
    case noSuchOutput(Int)
    /// A buffer of the wrong number of elements.
    case elementCount(expected: Int, found: Int)
    /// An input of indices was given a number that is not whole or does not fit 32 bits.
    case notAnIndex(position: Int)
    /// An embedding was asked for a row it does not have.
    case indexOutOfRange(operation: Int, index: Int, rows: Int)
}
