/// Adds elements of one value before and after along each axis but the batch.
public struct Padding: OperationRecord {
    public static let kind = OperationKind.padding

    public var input: ValueID
    public var value: Float
    /// One number per axis after the batch.
    public var before: [Int]
    public var after: [Int]

    public init(input: ValueID, value: Float = 0, before: [Int], after: [Int]) {
        self.input = input
        self.value = value
        self.before = before
        self.after = after
    }

    package init() { self.init(input: ValueID(0), before: [], after: []) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.float(&value)
        try visitor.integers(&before, in: 0...Int(Int32.max))
        try visitor.integers(&after, in: 0...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        guard before.count == shape.rank - 1, after.count == before.count else {
            throw ProgramError(.rank(expected: shape.rank - 1, found: before.count))
        }
        for axis in 1..<shape.rank {
            shape[axis] = try Dimension.add(try Dimension.add(shape[axis], before[axis - 1]), after[axis - 1])
        }
        return [ValueInfo(.number, shape)]
    }
}
