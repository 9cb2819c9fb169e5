/// Softmax, or its logarithm, over one or more axes together.
public struct Softmax: OperationRecord {
    public static let kind = OperationKind.softmax

    public struct Flags: OptionSet, Hashable, Sendable {
        public var rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        public static let logarithm = Flags(rawValue: 1)
    }

    public var input: ValueID
    public var axes: AxisSet
    public var flags: Flags

    public init(input: ValueID, axes: AxisSet, flags: Flags = []) {
        self.input = input
        self.axes = axes
        self.flags = flags
    }

    package init() { self.init(input: ValueID(0), axes: AxisSet(bits: 0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.axes(&axes)
        try visitor.flags(&flags, all: .logarithm)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        guard !axes.isEmpty, axes.isWithin(rank: shape.rank) else { throw ProgramError(.field(1)) }
        return [ValueInfo(.number, shape)]
    }
}
