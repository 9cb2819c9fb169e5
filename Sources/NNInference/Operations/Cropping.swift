/// Removes elements before and after along each axis but the batch.
public struct Cropping: OperationRecord {
    public static let kind = OperationKind.cropping

    public var input: ValueID
    /// One number per axis after the batch.
    public var before: [Int]
    public var after: [Int]

    public init(input: ValueID, before: [Int], after: [Int]) {
        self.input = input
        self.before = before
        self.after = after
    }

    package init() { self.init(input: ValueID(0), before: [], after: []) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.integers(&before, in: 0...Int(Int32.max))
        try visitor.integers(&after, in: 0...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        guard before.count == shape.rank - 1, after.count == before.count else {
            throw ProgramError(.rank(expected: shape.rank - 1, found: before.count))
        }
        for axis in 1..<shape.rank where shape[axis] != Shape.unknown {
            let cropped = try Dimension.add(before[axis - 1], after[axis - 1])
            guard cropped < shape[axis] else { throw ProgramError(.emptyAxis(axis)) }
            shape[axis] -= cropped
        }
        return [ValueInfo(.number, shape)]
    }
}
