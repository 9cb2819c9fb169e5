/// A stored tensor as a value, with a batch dimension of 1 in front so that it broadcasts.
public struct Constant: OperationRecord {
    public static let kind = OperationKind.constant

    public var tensor: TensorID

    public init(tensor: TensorID = TensorID(0)) { self.tensor = tensor }

    var resultStorage: ResultStorage { .tensor(tensor) }

    package init() { self.init(tensor: TensorID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.tensor(&tensor)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.tensorShape(tensor)
        try context.require(tensor, shape: shape)
        guard shape.count < Shape.maximumRank else { throw ProgramError(.rank(expected: Shape.maximumRank - 1, found: shape.count)) }
        return [ValueInfo(.number, Shape([1] + shape))]
    }
}
