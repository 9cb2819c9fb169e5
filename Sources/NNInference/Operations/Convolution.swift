/// Cross-correlation over 1 to 3 spatial axes, channels last: `[batch, spatial..., channels] -> [batch, positions..., filters]`.
///
/// With as many groups as channels this is Keras' depthwise convolution: its kernel `[window..., channels, multiplier]` is the
/// same memory as `[window..., 1, channels * multiplier]`.
public struct Convolution: OperationRecord {
    public static let kind = OperationKind.convolution

    public var input: ValueID
    /// `[window..., channels / groups, filters]`; group g reads the g-th slice of the channels and makes the g-th slice of the filters.
    /// With as many groups as channels also `[window..., channels, multiplier]`, as Keras stores depthwise kernels.
    public var kernel: TensorID
    public var padding: WindowPadding
    public var groups: Int
    /// One number per spatial axis.
    public var strides: [Int]
    public var dilation: [Int]
    public var epilogue: Epilogue

    public init(
        input: ValueID, kernel: TensorID, padding: WindowPadding = .valid, groups: Int = 1, strides: [Int], dilation: [Int],
        epilogue: Epilogue = Epilogue()
    ) {
        self.input = input
        self.kernel = kernel
        self.padding = padding
        self.groups = groups
        self.strides = strides
        self.dilation = dilation
        self.epilogue = epilogue
    }

    package init() { self.init(input: ValueID(0), kernel: TensorID(0), strides: [], dilation: []) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.tensor(&kernel)
        try visitor.choice(&padding)
        try visitor.integer(&groups, in: 1...Int(Int32.max))
        try visitor.integers(&strides, in: 1...Int(Int32.max))
        try visitor.integers(&dilation, in: 1...Int(Int32.max))
        try epilogue.visit(&visitor)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        let spatial = shape.rank - 2
        guard (1...3).contains(spatial) else { throw ProgramError(.rank(expected: 3, found: shape.rank)) }
        guard strides.count == spatial, dilation.count == spatial else { throw ProgramError(.rank(expected: spatial, found: strides.count)) }
        var kernelShape = try context.require(kernel, rank: spatial + 2)
        if groups > 1, kernelShape[spatial] == groups, shape[spatial + 1] == groups {
            kernelShape[spatial] = 1
            kernelShape[spatial + 1] = try Dimension.multiply(kernelShape[spatial + 1], groups)
        }
        let filters = kernelShape[spatial + 1]
        let channels = try Dimension.multiply(kernelShape[spatial], groups)
        guard Shape.agree(shape[spatial + 1], channels) else {
            throw ProgramError(.dimension(axis: spatial + 1, expected: channels, found: shape[spatial + 1]))
        }
        guard filters % groups == 0, kernelShape.allSatisfy({ $0 > 0 }) else {
            throw ProgramError(.tensorShape(tensor: kernel.index, expected: kernelShape, found: kernelShape))
        }
        for axis in 0..<spatial {
            shape[axis + 1] = try WindowAxis(
                size: shape[axis + 1], window: kernelShape[axis], stride: strides[axis], dilation: dilation[axis], padding: padding,
                axis: axis + 1
            ).positions
        }
        try epilogue.require(channels: filters, context)
        shape[spatial + 1] = filters
        return [ValueInfo(.number, shape)]
    }

    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64 {
        // Each element of the kernel serves one channel of the result.
        let kernelShape = context.tensors[kernel.index].shape
        guard let elements = Shape.product(kernelShape[...]), let channels = results[0].shape.dimensions.last, channels > 0 else { return .max }
        return saturatingProduct(results[0].shape.count ?? -1, elements / channels)
    }
}
