/// Reorders the axes after the batch.
public struct Transposition: OperationRecord {
    public static let kind = OperationKind.transposition

    public var input: ValueID
    /// Result axis `i + 1` is input axis `order[i]`; each of 1... appears once.
    public var order: [Int]

    public init(input: ValueID, order: [Int]) {
        self.input = input
        self.order = order
    }

    package init() { self.init(input: ValueID(0), order: []) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.integers(&order, in: 1...Shape.maximumRank - 1)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        guard order.count == shape.rank - 1 else { throw ProgramError(.rank(expected: shape.rank - 1, found: order.count)) }
        guard order.sorted() == Array(1..<shape.rank) else { throw ProgramError(.field(1)) }
        return [ValueInfo(.number, Shape([shape[0]] + order.map { shape[$0] }))]
    }
}
