/// Why a run stopped. The session can be used again afterwards.
public enum RunError: Error, Hashable, Sendable {
    /// An input or output that the model does not have.
    case noSuchInput(Int)
    case noSuchOutput(Int)
    /// A buffer of the wrong number of elements.
    case elementCount(expected: Int, found: Int)
    /// An input of indices was given a number that is not whole or does not fit its integers.
    case notAnIndex(position: Int)
    /// An input of texts was given one that is not UTF-8.
    case notText(position: Int)
    /// A table without a place for unknown entries was asked for one that it does not have.
    case notInVocabulary(operation: Int, position: Int)
    /// An embedding was asked for a row it does not have.
    case indexOutOfRange(operation: Int, index: Int, rows: Int)
}
