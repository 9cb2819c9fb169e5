/// A convolution with a kernel of its own at every position, over 1 to 3 spatial axes, channels last: LocallyConnected.
public struct LocalConvolution: OperationRecord {
    public static let kind = OperationKind.localConvolution

    public var input: ValueID
    /// `[positions, taps * channels, filters]`
    public var kernel: TensorID
    /// One number per spatial axis.
    public var window: [Int]
    public var strides: [Int]

    public init(input: ValueID, kernel: TensorID, window: [Int], strides: [Int]) {
        self.input = input
        self.kernel = kernel
        self.window = window
        self.strides = strides
    }

    package init() { self.init(input: ValueID(0), kernel: TensorID(0), window: [], strides: []) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.tensor(&kernel)
        try visitor.integers(&window, in: 1...Int(Int32.max))
        try visitor.integers(&strides, in: 1...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        let spatial = shape.rank - 2
        guard (1...3).contains(spatial) else { throw ProgramError(.rank(expected: 3, found: shape.rank)) }
        guard window.count == spatial, strides.count == spatial else { throw ProgramError(.rank(expected: spatial, found: window.count)) }
        let kernelShape = try context.require(kernel, rank: 3)
        var positions = 1
        var rows = shape[spatial + 1]
        for axis in 0..<spatial {
            shape[axis + 1] = try WindowAxis(
                size: shape[axis + 1], window: window[axis], stride: strides[axis], dilation: 1, padding: .valid, axis: axis + 1
            ).positions
            positions = try Dimension.multiply(positions, shape[axis + 1])
            rows = try Dimension.multiply(rows, window[axis])
        }
        guard Shape.agree(kernelShape[0], positions), Shape.agree(kernelShape[1], rows), kernelShape.allSatisfy({ $0 > 0 }) else {
            throw ProgramError(.tensorShape(tensor: kernel.index, expected: [positions, rows, kernelShape[2]], found: kernelShape))
        }
        shape[spatial + 1] = kernelShape[2]
        return [ValueInfo(.number, shape)]
    }

    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64 {
        saturatingProduct(results[0].shape.count ?? -1, context.tensors[kernel.index].shape[1])
    }
}
