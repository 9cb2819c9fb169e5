/// The same elements in the same order under another shape; the batch axis stays.
public struct Reshape: OperationRecord {
    public static let kind = OperationKind.reshape

    public var input: ValueID
    /// The dimensions after the batch; at most one is -1 and takes what remains.
    public var dimensions: [Int]

    public init(input: ValueID, dimensions: [Int]) {
        self.input = input
        self.dimensions = dimensions
    }

    var resultStorage: ResultStorage { .alias(of: input) }

    package init() { self.init(input: ValueID(0), dimensions: []) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.integers(&dimensions, in: -1...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        guard dimensions.count < Shape.maximumRank else { throw ProgramError(.rank(expected: Shape.maximumRank, found: dimensions.count + 1)) }
        guard dimensions.filter({ $0 < 0 }).count <= 1 else { throw ProgramError(.field(1)) }
        var result = dimensions
        let known = dimensions.filter { $0 >= 0 }
        guard let fixed = Shape.product(known[...]) else { throw ProgramError(.overflow) }
        if let elements = Shape.product(info.shape.dimensions.dropFirst()) {
            if let open = dimensions.firstIndex(of: -1) {
                guard fixed > 0, elements % fixed == 0 else { throw ProgramError(.dimension(axis: open + 1, expected: elements, found: fixed)) }
                result[open] = elements / fixed
            } else if fixed != elements {
                throw ProgramError(.dimension(axis: 1, expected: elements, found: fixed))
            }
        }
        return [ValueInfo(info.type, Shape([info.shape[0]] + result))]
    }
}
