/// Joins the step axis to the batch, `[batch, steps, ...] -> [batch * steps, ...]`, so that what follows treats each step as a
/// sample: the first half of TimeDistributed.
public struct FoldSteps: OperationRecord {
    public static let kind = OperationKind.foldSteps

    public var input: ValueID

    public init(input: ValueID = ValueID(0)) { self.input = input }

    var resultStorage: ResultStorage { .alias(of: input) }

    package init() { self.init(input: ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        guard info.shape.rank >= 3 else { throw ProgramError(.rank(expected: 3, found: info.shape.rank)) }
        let batch = try Dimension.multiply(info.shape[0], info.shape[1])
        return [ValueInfo(info.type, Shape([batch] + info.shape.dimensions.dropFirst(2)))]
    }
}

/// Undoes ``FoldSteps``: `[batch * steps, ...] -> [batch, steps, ...]`.
public struct UnfoldSteps: OperationRecord {
    public static let kind = OperationKind.unfoldSteps

    public var input: ValueID
    /// The value whose first two dimensions are the batch and the steps.
    public var steps: ValueID

    public init(input: ValueID = ValueID(0), steps: ValueID = ValueID(0)) {
        self.input = input
        self.steps = steps
    }

    var resultStorage: ResultStorage { .alias(of: input) }

    package init() { self.init(input: ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.value(&steps)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        let like = try context.info(steps).shape
        guard like.rank >= 2, info.shape.rank < Shape.maximumRank else { throw ProgramError(.rank(expected: 2, found: like.rank)) }
        let batch = try Dimension.multiply(like[0], like[1])
        guard Shape.agree(batch, info.shape[0]) else { throw ProgramError(.dimension(axis: 0, expected: batch, found: info.shape[0])) }
        return [ValueInfo(info.type, Shape([like[0], like[1]] + info.shape.dimensions.dropFirst()))]
    }
}
