/// Elementwise arithmetic on two values. Both have a batch axis; axes of size 1 are repeated, and a value of lower rank gets axes of
/// size 1 after its batch axis.
public struct Arithmetic: OperationRecord {
    public static let kind = OperationKind.arithmetic

    /// Raw values are part of the file format.
    public enum Function: UInt8, Hashable, Sendable {
        case add = 0
        case subtract = 1
        case multiply = 2
        case divide = 3
        case maximum = 4
        case minimum = 5
    }

    public var function: Function
    public var left: ValueID
    public var right: ValueID

    public init(_ function: Function, _ left: ValueID, _ right: ValueID) {
        self.function = function
        self.left = left
        self.right = right
    }

    package init() { self.init(.add, ValueID(0), ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.choice(&function)
        try visitor.value(&left)
        try visitor.value(&right)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let left = try context.shape(left)
        let right = try context.shape(right)
        return [ValueInfo(.number, try Arithmetic.broadcast(left, right))]
    }

    /// A shape of `rank` dimensions with axes of size 1 inserted after the batch axis.
    static func aligned(_ shape: Shape, rank: Int) -> Shape {
        Shape([shape[0]] + Array(repeating: 1, count: rank - shape.rank) + shape.dimensions.dropFirst())
    }

    static func broadcast(_ left: Shape, _ right: Shape) throws(ProgramError) -> Shape {
        let rank = max(left.rank, right.rank)
        let left = aligned(left, rank: rank)
        let right = aligned(right, rank: rank)
        var result = left
        for axis in 0..<rank {
            if left[axis] == 1 {
                result[axis] = right[axis]
            } else if right[axis] == 1 || right[axis] == left[axis] {
                result[axis] = left[axis]
            } else if left[axis] == Shape.unknown || right[axis] == Shape.unknown {
                result[axis] = max(left[axis], right[axis])
            } else {
                throw ProgramError(.dimension(axis: axis, expected: left[axis], found: right[axis]))
            }
        }
        return result
    }
}
