/// Looks rows up: indices `[batch, ...]` and a table `[rows, width]` give `[batch, ..., width]`. A fractional index is truncated
/// toward zero, as Keras casts it; one outside the table stops the run.
public struct Embedding: OperationRecord {
    public static let kind = OperationKind.embedding

    public var input: ValueID
    public var table: TensorID

    public init(input: ValueID = ValueID(0), table: TensorID = TensorID(0)) {
        self.input = input
        self.table = table
    }

    package init() { self.init(input: ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.tensor(&table)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let indices = try context.info(input)
        guard indices.type != .bool else { throw ProgramError(.valueType(expected: .int32, found: .bool)) }
        let width = try context.require(table, rank: 2)[1]
        guard indices.shape.rank < Shape.maximumRank else { throw ProgramError(.rank(expected: Shape.maximumRank - 1, found: indices.shape.rank)) }
        return [ValueInfo(.number, Shape(indices.shape.dimensions + [width]))]
    }
}
