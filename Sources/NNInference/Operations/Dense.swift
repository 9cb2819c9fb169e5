/// The matrix product over the last axis: `[batch, ..., inputs] x [inputs, units] -> [batch, ..., units]`.
public struct Dense: OperationRecord {
    public static let kind = OperationKind.dense

    public var input: ValueID
    /// `[inputs, units]`
    public var kernel: TensorID
    public var epilogue: Epilogue

    public init(input: ValueID = ValueID(0), kernel: TensorID = TensorID(0), epilogue: Epilogue = Epilogue()) {
        self.input = input
        self.kernel = kernel
        self.epilogue = epilogue
    }

    package init() { self.init(input: ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.tensor(&kernel)
        try epilogue.visit(&visitor)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        let kernelShape = try context.require(kernel, rank: 2)
        guard shape.rank >= 2 else { throw ProgramError(.rank(expected: 2, found: shape.rank)) }
        let last = shape.rank - 1
        guard Shape.agree(shape[last], kernelShape[0]) else {
            throw ProgramError(.dimension(axis: last, expected: kernelShape[0], found: shape[last]))
        }
        try epilogue.require(channels: kernelShape[1], context)
        shape[last] = kernelShape[1]
        return [ValueInfo(.number, shape)]
    }

    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64 {
        saturatingProduct(results[0].shape.count ?? -1, context.tensors[kernel.index].shape[0])
    }
}
