/// Repeats each slice along an axis `count` times in a row: RepeatVector and nearest up-sampling.
public struct Repetition: OperationRecord {
    public static let kind = OperationKind.repetition

    public var input: ValueID
    public var axis: Int
    public var count: Int

    public init(input: ValueID, axis: Int, count: Int) {
        self.input = input
        self.axis = axis
        self.count = count
    }

    package init() { self.init(input: ValueID(0), axis: 1, count: 1) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.integer(&axis, in: 1...Shape.maximumRank - 1)
        try visitor.integer(&count, in: 1...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        guard axis < shape.rank else { throw ProgramError(.field(1)) }
        shape[axis] = try Dimension.multiply(shape[axis], count)
        return [ValueInfo(.number, shape)]
    }
}
