/// Categories as rows of zeros and ones, or as counts. A fractional category is cut off.
public struct Encoding: OperationRecord {
    public static let kind = OperationKind.encoding

    /// Raw values are part of the file format.
    public enum Mode: UInt8, Hashable, Sendable {
        /// A row for each category, all zeros for one that is not there: `[batch, ...] -> [batch, ..., depth]`.
        case oneHot = 0
        /// A row for all categories along axis 1, those from `depth` on left out: `[batch, n, ...] -> [batch, ..., depth]`.
        /// A negative one stops the run, as it does in Keras.
        case multiHot = 1
        /// As ``multiHot``, with how often each category is there.
        case count = 2
    }

    public var input: ValueID
    public var mode: Mode
    public var depth: Int

    public init(input: ValueID, mode: Mode, depth: Int) {
        self.input = input
        self.mode = mode
        self.depth = depth
    }

    package init() { self.init(input: ValueID(0), mode: .oneHot, depth: 1) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.choice(&mode)
        try visitor.integer(&depth, in: 1...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        guard info.type == .number || info.type == .int32 else { throw ProgramError(.valueType(expected: .int32, found: info.type)) }
        var dimensions = info.shape.dimensions
        if mode != .oneHot {
            guard dimensions.count >= 2 else { throw ProgramError(.rank(expected: 2, found: dimensions.count)) }
            dimensions.remove(at: 1)
        }
        guard dimensions.count < Shape.maximumRank else { throw ProgramError(.rank(expected: Shape.maximumRank - 1, found: dimensions.count)) }
        return [ValueInfo(.number, Shape(dimensions + [depth]))]
    }
}
