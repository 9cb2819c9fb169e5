/// The largest or mean element of each cell of a grid laid over 1 to 3 spatial axes, channels last. Of n elements cell i of m takes those
/// from `floor(i * n / m)` to `ceil((i + 1) * n / m)`.
public struct AdaptivePooling: OperationRecord {
    public static let kind = OperationKind.adaptivePooling

    public var input: ValueID
    public var function: Pooling.Function
    /// Cells along each spatial axis.
    public var cells: [Int]

    public init(input: ValueID, function: Pooling.Function, cells: [Int]) {
        self.input = input
        self.function = function
        self.cells = cells
    }

    package init() { self.init(input: ValueID(0), function: .maximum, cells: []) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.choice(&function)
        try visitor.integers(&cells, in: 1...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        guard (3...5).contains(shape.rank) else { throw ProgramError(.rank(expected: 3, found: shape.rank)) }
        guard cells.count == shape.rank - 2 else { throw ProgramError(.rank(expected: shape.rank - 2, found: cells.count)) }
        for axis in 1...cells.count {
            guard shape[axis] != 0 else { throw ProgramError(.emptyAxis(axis)) }
            shape[axis] = cells[axis - 1]
        }
        return [ValueInfo(.number, shape)]
    }
}
