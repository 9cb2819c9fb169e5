/// Why a program cannot be accepted. Carries what a message needs; the words are made by whoever shows it.
public struct ProgramError: Error, Hashable, Sendable {
    public enum Problem: Hashable, Sendable {
        /// An operation kind, or a version of one, that this build does not know.
        case unknownKind(UInt8)
        case unknownVersion(kind: UInt8, version: UInt8)
        /// The record ends before its fields do, or after them.
        case recordLength
        /// A field holds a number outside its range. `field` counts the record's fields from 0.
        case field(Int)
        /// A value or tensor index that does not exist (yet).
        case valueIndex(Int)
        case tensorIndex(Int)
        case valueType(expected: ValueType, found: ValueType)
        case rank(expected: Int, found: Int)
        case dimension(axis: Int, expected: Int, found: Int)
        case tensorShape(tensor: Int, expected: [Int], found: [Int])
        case tensorType(tensor: Int)
        /// The elements are not those of a table in order: an end before a beginning, an entry before its predecessor.
        case tensorContent(tensor: Int)
        /// A window, pad or crop that leaves nothing of an axis.
        case emptyAxis(Int)
        /// A size that does not fit the machine's integers.
        case overflow
        /// A session was asked to run with a dimension that is still unknown.
        case unknownDimension(axis: Int)
        /// The buffers need more memory than the caller allows.
        case memory(needed: Int, limit: Int)
        case outputCount
    }

    public var problem: Problem
    /// The operation, counted from 0; nil for the program's inputs, outputs or tables.
    public var operation: Int?

    public init(_ problem: Problem, operation: Int? = nil) {
        self.problem = problem
        self.operation = operation
    }
}
