/// An LSTM whose state is an image, over `[batch, steps, positions..., 4 * filters]`: ConvLSTM.
///
/// What the inputs bring to the gates is made before, by a ``Convolution`` over all steps together.
/// Result: `[batch, steps, positions..., filters]`, or that of the last step.
public struct ConvolutionalRecurrent: OperationRecord {
    public static let kind = OperationKind.convolutionalRecurrent

    /// The gates' sums over the inputs, i, f, c, o side by side.
    public var input: ValueID
    /// `[batch, steps]`: at a masked step the state stays as it was.
    public var mask: ValueID?
    /// `[window..., filters, 4 * filters]`, laid over the state with padding `same`.
    public var recurrentKernel: TensorID
    /// As those of ``Recurrent``; there are no final states to return.
    public var flags: Recurrent.Flags
    public var activation: Activation
    public var recurrentActivation: Activation

    public init(
        input: ValueID = ValueID(0), mask: ValueID? = nil, recurrentKernel: TensorID = TensorID(0), flags: Recurrent.Flags = [],
        activation: Activation = .linear, recurrentActivation: Activation = .linear
    ) {
        self.input = input
        self.mask = mask
        self.recurrentKernel = recurrentKernel
        self.flags = flags
        self.activation = activation
        self.recurrentActivation = recurrentActivation
    }

    package init() { self.init(input: ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.flags(&flags, all: Recurrent.Flags.all.subtracting(.returnsState))
        try visitor.value(&input)
        try visitor.optionalValue(&mask)
        try visitor.tensor(&recurrentKernel)
        try visitor.activation(&activation)
        try visitor.activation(&recurrentActivation)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        guard (4...6).contains(shape.rank) else { throw ProgramError(.rank(expected: 4, found: shape.rank)) }
        let kernel = try context.require(recurrentKernel, rank: shape.rank - 1)
        let filters = kernel[kernel.count - 2]
        guard kernel.allSatisfy({ $0 > 0 }), try Dimension.multiply(filters, 4) == kernel[kernel.count - 1] else {
            throw ProgramError(.tensorShape(tensor: recurrentKernel.index, expected: kernel, found: kernel))
        }
        let last = shape.rank - 1
        guard Shape.agree(shape[last], kernel[kernel.count - 1]) else {
            throw ProgramError(.dimension(axis: last, expected: kernel[kernel.count - 1], found: shape[last]))
        }
        if let mask { try context.requireMask(mask, over: shape) }
        var result = shape.dimensions
        result[last] = filters
        if !flags.contains(.returnsSequences) { result.remove(at: 1) }
        return [ValueInfo(.number, Shape(result))]
    }

    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64 {
        let kernel = context.tensors[recurrentKernel.index].shape
        guard let inputs = try? context.shape(input).count, let elements = Shape.product(kernel.dropLast()) else { return .max }
        return saturatingProduct(inputs, elements)
    }
}
