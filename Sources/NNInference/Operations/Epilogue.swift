/// What is done to each sum of a matrix product or convolution before it is stored: `activation(statistics(sum + bias))`.
public struct Epilogue: Hashable, Sendable {
    /// `[channels]`
    public var bias: TensorID?
    /// A BatchNormalization over the last axis that follows.
    public var statistics: Statistics?
    public var activation: Activation

    public init(bias: TensorID? = nil, statistics: Statistics? = nil, activation: Activation = .linear) {
        self.bias = bias
        self.statistics = statistics
        self.activation = activation
    }

    /// The last field of a record: whether there are statistics shows in the record's length.
    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.optionalTensor(&bias)
        try visitor.finalActivation(&activation)
        try visitor.trailingStandardization(&statistics)
    }

    func require(channels: Int, _ context: ShapeContext) throws(ProgramError) {
        try context.require(bias, shape: [channels])
        try statistics?.require(shape: [channels], context)
    }
}
