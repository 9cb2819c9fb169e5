/// Normalises by the input's own statistics: layer, group, root-mean-square and unit normalisation.
public struct Normalization: OperationRecord {
    public static let kind = OperationKind.normalization

    /// Raw values are part of the file format.
    public enum Rule: UInt8, Hashable, Sendable {
        /// `(x - mean) / sqrt(variance + epsilon) * gamma + beta`, statistics over `axes`.
        case layer = 0
        /// `x / sqrt(variance + epsilon) * gamma`: LayerNormalization with `rms_scaling`, whose variance is about the mean.
        case layerScaleOnly = 1
        /// `x / sqrt(mean(x^2) + epsilon) * gamma`: RMSNormalization.
        case rootMeanSquare = 2
        /// `x / sqrt(max(sum(x^2), epsilon))`: UnitNormalization.
        case unit = 3
        /// As `layer` over all axes but the batch, separately for each group of channels; `axes` is the channel axis.
        case group = 4
    }

    public var input: ValueID
    public var rule: Rule
    public var axes: AxisSet
    public var groups: Int
    public var epsilon: Float
    /// Shaped like `axes`.
    public var gamma: TensorID?
    public var beta: TensorID?

    public init(
        input: ValueID, rule: Rule, axes: AxisSet, groups: Int = 1, epsilon: Float, gamma: TensorID? = nil, beta: TensorID? = nil
    ) {
        self.input = input
        self.rule = rule
        self.axes = axes
        self.groups = groups
        self.epsilon = epsilon
        self.gamma = gamma
        self.beta = beta
    }

    package init() { self.init(input: ValueID(0), rule: .layer, axes: AxisSet(bits: 0), epsilon: 0) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.choice(&rule)
        try visitor.axes(&axes)
        try visitor.integer(&groups, in: 1...Int(Int32.max))
        try visitor.float(&epsilon)
        try visitor.optionalTensor(&gamma)
        try visitor.optionalTensor(&beta)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        guard !axes.isEmpty, axes.isWithin(rank: shape.rank) else { throw ProgramError(.field(2)) }
        let parameters = axes.axes.map { shape[$0] }
        if rule == .group {
            guard parameters.count == 1, parameters[0] == Shape.unknown || parameters[0] % groups == 0 else { throw ProgramError(.field(3)) }
        }
        try context.require(gamma, shape: parameters)
        try context.require(beta, shape: parameters)
        return [ValueInfo(.number, shape)]
    }
}
