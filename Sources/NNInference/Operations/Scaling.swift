/// `x * scale + shift` with one pair of numbers: Rescaling.
public struct Scaling: OperationRecord {
    public static let kind = OperationKind.scaling

    public var input: ValueID
    public var scale: Float
    public var shift: Float

    public init(input: ValueID, scale: Float, shift: Float) {
        self.input = input
        self.scale = scale
        self.shift = shift
    }

    package init() { self.init(input: ValueID(0), scale: 1, shift: 0) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.float(&scale)
        try visitor.float(&shift)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        [ValueInfo(.number, try context.shape(input))]
    }
}
