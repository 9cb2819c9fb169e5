/// Numbers as a coarser type holds them: what quantised layers do with their input while they run. `x [batch, ..., n]` gives numbers of the
/// same shape, and for whole numbers also the factors that they were multiplied by, `[batch, ..., 1]`.
public struct Quantization: OperationRecord {
    public static let kind = OperationKind.quantization

    public enum Function: UInt8, Hashable, Sendable {
        /// For each row along the last axis: `factor = upper / (largest magnitude + parameter)`, `x * factor` rounded to a whole number,
        /// ties to even, and kept between `lower` and `upper`.
        case absoluteMaximum = 1
        /// `x / parameter`, kept within ±448 and rounded to four bits of exponent and three of fraction (float8 e4m3), times `parameter`.
        case float8 = 2
    }

    public var input: ValueID
    public var function: Function
    public var lower: Float
    public var upper: Float
    public var parameter: Float

    public init(input: ValueID, function: Function, lower: Float = 0, upper: Float = 0, parameter: Float) {
        self.input = input
        self.function = function
        self.lower = lower
        self.upper = upper
        self.parameter = parameter
    }

    package init() { self.init(input: ValueID(0), function: .absoluteMaximum, parameter: 0) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.choice(&function)
        try visitor.float(&lower)
        try visitor.float(&upper)
        try visitor.float(&parameter)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        guard function == .absoluteMaximum else { return [ValueInfo(.number, shape)] }
        // Also keeps a number between the bounds within 32 bits.
        guard lower <= upper, lower >= -0x1p20, upper <= 0x1p20 else { throw ProgramError(.field(2)) }
        guard shape.rank >= 2 else { throw ProgramError(.rank(expected: 2, found: shape.rank)) }
        var factors = shape
        factors[shape.rank - 1] = 1
        return [ValueInfo(.number, shape), ValueInfo(.number, factors)]
    }
}
