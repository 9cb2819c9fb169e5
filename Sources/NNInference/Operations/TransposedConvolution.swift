/// The transpose of a cross-correlation over 1 to 3 spatial axes, channels last: every input element adds its window of the kernel to
/// the result, `[batch, spatial..., channels] -> [batch, positions..., filters]`.
///
/// Along an axis of n elements the windows reach over `(n - 1) * stride + (window - 1) * dilation + 1` positions; of those `before`
/// and `after` are cut off. A negative `after` adds positions that no window reaches.
public struct TransposedConvolution: OperationRecord {
    public static let kind = OperationKind.transposedConvolution

    public var input: ValueID
    /// `[window..., filters, channels]`
    public var kernel: TensorID
    /// One number per spatial axis.
    public var strides: [Int]
    public var dilation: [Int]
    public var before: [Int]
    public var after: [Int]
    public var epilogue: Epilogue

    public init(
        input: ValueID, kernel: TensorID, strides: [Int], dilation: [Int], before: [Int], after: [Int], epilogue: Epilogue = Epilogue()
    ) {
        self.input = input
        self.kernel = kernel
        self.strides = strides
        self.dilation = dilation
        self.before = before
        self.after = after
        self.epilogue = epilogue
    }

    package init() { self.init(input: ValueID(0), kernel: TensorID(0), strides: [], dilation: [], before: [], after: []) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.tensor(&kernel)
        try visitor.integers(&strides, in: 1...Int(Int32.max))
        try visitor.integers(&dilation, in: 1...Int(Int32.max))
        try visitor.integers(&before, in: 0...Int(Int32.max))
        try visitor.integers(&after, in: Int(Int32.min)...Int(Int32.max))
        try epilogue.visit(&visitor)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        let spatial = shape.rank - 2
        guard (1...3).contains(spatial) else { throw ProgramError(.rank(expected: 3, found: shape.rank)) }
        for list in [strides, dilation, before, after] where list.count != spatial {
            throw ProgramError(.rank(expected: spatial, found: list.count))
        }
        let kernelShape = try context.require(kernel, rank: spatial + 2)
        guard Shape.agree(shape[spatial + 1], kernelShape[spatial + 1]) else {
            throw ProgramError(.dimension(axis: spatial + 1, expected: kernelShape[spatial + 1], found: shape[spatial + 1]))
        }
        guard kernelShape.allSatisfy({ $0 > 0 }) else {
            throw ProgramError(.tensorShape(tensor: kernel.index, expected: kernelShape, found: kernelShape))
        }
        for axis in 0..<spatial where shape[axis + 1] != Shape.unknown {
            guard shape[axis + 1] > 0 else { throw ProgramError(.emptyAxis(axis + 1)) }
            let steps = try Dimension.multiply(shape[axis + 1] - 1, strides[axis])
            let reach = try Dimension.add(try Dimension.multiply(kernelShape[axis] - 1, dilation[axis]), 1)
            let positions = try Dimension.subtract(try Dimension.subtract(try Dimension.add(steps, reach), before[axis]), after[axis])
            guard positions > 0 else { throw ProgramError(.emptyAxis(axis + 1)) }
            shape[axis + 1] = positions
        }
        try epilogue.require(channels: kernelShape[spatial], context)
        shape[spatial + 1] = kernelShape[spatial]
        return [ValueInfo(.number, shape)]
    }

    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64 {
        // Each element of the input serves every tap and filter.
        let kernelShape = context.tensors[kernel.index].shape
        guard let window = Shape.product(kernelShape.dropLast()), let inputs = try? context.shape(input).count else { return .max }
        return saturatingProduct(inputs, window)
    }
}
