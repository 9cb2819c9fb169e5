/// Centres and scales by stored statistics that run along some axes: BatchNormalization and Normalization on their own.
public struct Standardization: OperationRecord {
    public static let kind = OperationKind.standardization

    public var input: ValueID
    /// The axes that have statistics of their own; none for one pair of numbers.
    public var axes: AxisSet
    /// Tensors shaped like those axes, in order.
    public var statistics: Statistics

    public init(input: ValueID, axes: AxisSet, statistics: Statistics) {
        self.input = input
        self.axes = axes
        self.statistics = statistics
    }

    package init() { self.init(input: ValueID(0), axes: AxisSet(bits: 0), statistics: Statistics()) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.axes(&axes)
        try statistics.visit(&visitor)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        guard axes.isWithin(rank: shape.rank) else { throw ProgramError(.field(1)) }
        try statistics.require(shape: axes.axes.map { shape[$0] }, context)
        return [ValueInfo(.number, shape)]
    }
}
