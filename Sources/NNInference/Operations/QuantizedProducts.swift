/// A matrix product whose input is quantised while it runs: each row is multiplied by 127 over its largest magnitude and rounded to whole
/// numbers, ties to even, and its sums are divided by that factor again before the epilogue.
///
/// What `nnconv convert --weights int8` makes of a dense layer: with weights that are whole numbers too, the sums are exact and fast.
/// A row whose largest magnitude is at most ``QuantizedRows/smallest`` counts as zeros.
public struct QuantizedDense: OperationRecord {
    public static let kind = OperationKind.quantizedDense

    /// Its kernel is int8.
    public var product: Dense

    public init(_ product: Dense) { self.product = product }

    package init() { self.init(Dense()) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) { try product.visit(&visitor) }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        try context.require(wholeNumbers: product.kernel)
        return try product.infer(context)
    }

    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64 {
        product.multiplyAccumulates(context, results: results)
    }
}

/// A convolution whose input is quantised while it runs, as ``QuantizedDense`` does, with one factor for each sample.
public struct QuantizedConvolution: OperationRecord {
    public static let kind = OperationKind.quantizedConvolution

    /// Its kernel is int8, and it has one group.
    public var convolution: Convolution

    public init(_ convolution: Convolution) { self.convolution = convolution }

    package init() { self.init(Convolution()) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) { try convolution.visit(&visitor) }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        try context.require(wholeNumbers: convolution.kernel)
        guard convolution.groups == 1 else { throw ProgramError(.field(3)) }
        return try convolution.infer(context)
    }

    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64 {
        convolution.multiplyAccumulates(context, results: results)
    }
}

/// How rows are quantised.
package enum QuantizedRows {
    package static let largest: Float = 127
    package static let smallest: Float = 0x1p-100
    /// The most weights of a column: their sum of products stays within 32 bits.
    package static let mostRows = 1 << 16
}

extension ShapeContext {
    fileprivate func require(wholeNumbers kernel: TensorID) throws(ProgramError) {
        _ = try tensorShape(kernel)
        let descriptor = tensors[kernel.index]
        guard descriptor.elementType == .int8 else { throw ProgramError(.tensorType(tensor: kernel.index)) }
        guard let columns = descriptor.shape.last, let count = descriptor.count, columns == 0 || count / columns <= QuantizedRows.mostRows else {
            throw ProgramError(.overflow)
        }
    }
}

extension Operation {
    /// Whether what it computes jumps where a number is rounded.
    var isQuantized: Bool {
        switch self {
        case .quantization, .quantizedDense, .quantizedConvolution: true
        default: false
        }
    }
}
