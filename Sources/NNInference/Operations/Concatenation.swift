/// Joins values along one axis.
public struct Concatenation: OperationRecord {
    public static let kind = OperationKind.concatenation

    public var axis: Int
    public var inputs: [ValueID]

    public init(_ inputs: [ValueID], axis: Int) {
        self.inputs = inputs
        self.axis = axis
    }

    package init() { self.init([], axis: 1) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.integer(&axis, in: 1...Shape.maximumRank - 1)
        try visitor.values(&inputs)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        guard let first = inputs.first else { throw ProgramError(.field(1)) }
        var shape = try context.shape(first)
        guard axis < shape.rank else { throw ProgramError(.field(0)) }
        for input in inputs.dropFirst() {
            let other = try context.shape(input)
            guard other.rank == shape.rank else { throw ProgramError(.rank(expected: shape.rank, found: other.rank)) }
            for index in 0..<shape.rank where index != axis {
                guard Shape.agree(shape[index], other[index]) else {
                    throw ProgramError(.dimension(axis: index, expected: shape[index], found: other[index]))
                }
                shape[index] = max(shape[index], other[index])
            }
            shape[axis] = try Dimension.add(shape[axis], other[axis])
        }
        return [ValueInfo(.number, shape)]
    }
}
