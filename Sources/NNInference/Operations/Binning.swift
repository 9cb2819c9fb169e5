/// For each number how many of the boundaries are not greater: Discretization. A NaN is beyond all of them.
public struct Binning: OperationRecord {
    public static let kind = OperationKind.binning

    public var input: ValueID
    /// `[boundaries]`, rising.
    public var boundaries: TensorID

    public init(input: ValueID = ValueID(0), boundaries: TensorID = TensorID(0)) {
        self.input = input
        self.boundaries = boundaries
    }

    package init() { self.init(input: ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.tensor(&boundaries)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        _ = try context.require(boundaries, rank: 1)
        return [ValueInfo(.int32, shape)]
    }
}
