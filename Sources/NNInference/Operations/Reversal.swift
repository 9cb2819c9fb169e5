/// Reverses the order along one axis.
public struct Reversal: OperationRecord {
    public static let kind = OperationKind.reversal

    public var input: ValueID
    public var axis: Int

    public init(input: ValueID, axis: Int) {
        self.input = input
        self.axis = axis
    }

    package init() { self.init(input: ValueID(0), axis: 1) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.integer(&axis, in: 1...Shape.maximumRank - 1)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        guard axis < info.shape.rank else { throw ProgramError(.field(1)) }
        return [info]
    }
}
