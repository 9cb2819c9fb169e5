/// An activation function on its own.
public struct Elementwise: OperationRecord {
    public static let kind = OperationKind.activation

    public var input: ValueID
    public var activation: Activation

    public init(input: ValueID, activation: Activation) {
        self.input = input
        self.activation = activation
    }

    package init() { self.init(input: ValueID(0), activation: .linear) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.finalActivation(&activation)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        [ValueInfo(.number, try context.shape(input))]
    }
}
