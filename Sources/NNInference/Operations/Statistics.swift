/// Stored statistics and the affine map made of them, as BatchNormalization and Normalization keep them.
///
/// The stored Keras tensors are used as they are; scale and shift are computed from them when a session is made.
public struct Statistics: Hashable, Sendable {
    /// How the deviation is made from the variance. Raw values are part of the file format.
    public enum Rule: UInt8, Hashable, Sendable {
        /// `(x - mean) * gamma / sqrt(variance + epsilon) + beta`: BatchNormalization.
        case addedEpsilon = 0
        /// `(x - mean) / max(sqrt(variance), epsilon)`: Normalization.
        case flooredDeviation = 1
        /// `mean + x * max(sqrt(variance), epsilon)`: Normalization with `invert`.
        case inverse = 2
    }

    public var rule: Rule
    public var epsilon: Float
    public var mean: TensorID
    public var variance: TensorID
    public var gamma: TensorID?
    public var beta: TensorID?

    public init(
        rule: Rule = .addedEpsilon, epsilon: Float = 0, mean: TensorID = TensorID(0), variance: TensorID = TensorID(0),
        gamma: TensorID? = nil, beta: TensorID? = nil
    ) {
        self.rule = rule
        self.epsilon = epsilon
        self.mean = mean
        self.variance = variance
        self.gamma = gamma
        self.beta = beta
    }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.choice(&rule)
        try visitor.float(&epsilon)
        try visitor.tensor(&mean)
        try visitor.tensor(&variance)
        try visitor.optionalTensor(&gamma)
        try visitor.optionalTensor(&beta)
    }

    /// Checks that every tensor has exactly this shape.
    func require(shape: [Int], _ context: ShapeContext) throws(ProgramError) {
        try context.require(mean, shape: shape)
        try context.require(variance, shape: shape)
        try context.require(gamma, shape: shape)
        try context.require(beta, shape: shape)
    }
}
