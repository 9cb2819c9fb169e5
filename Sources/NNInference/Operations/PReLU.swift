/// `max(0, x) - alpha * max(0, -x)` with a learned slope.
public struct PReLU: OperationRecord {
    public static let kind = OperationKind.prelu

    public var input: ValueID
    /// The input's shape without the batch; 1 along shared axes.
    public var alpha: TensorID

    public init(input: ValueID = ValueID(0), alpha: TensorID = TensorID(0)) {
        self.input = input
        self.alpha = alpha
    }

    package init() { self.init(input: ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.tensor(&alpha)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        let slopes = try context.require(alpha, rank: shape.rank - 1)
        for axis in 1..<shape.rank where slopes[axis - 1] != 1 && !Shape.agree(slopes[axis - 1], shape[axis]) {
            throw ProgramError(.dimension(axis: axis, expected: slopes[axis - 1], found: shape[axis]))
        }
        return [ValueInfo(.number, shape)]
    }
}
