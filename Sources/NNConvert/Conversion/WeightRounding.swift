import KerasFiles
import Lowering
import NNInference

/// A number type that the large weights of a `.nnc` file can be rounded to. Half the bytes, and what is bound by reading weights runs
/// up to twice as fast; sums are still single precision.
public enum WeightPrecision: String, Sendable, CaseIterable {
    /// 11 significant bits, up to 65504.
    case float16 = "f16"
    /// 8 significant bits, the range of `Float`.
    case bfloat16 = "bf16"

    var elementType: KerasFiles.ElementType { self == .float16 ? .float16 : .bfloat16 }
}

/// What rounding did to one weight, or why it was left alone.
public struct WeightRounding: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        /// - Parameters:
        ///   - signalToNoise: the power of the weights over that of the error, in decibels; infinite when nothing changed.
        ///   - largestError: of a single weight.
        case rounded(signalToNoise: Double, largestError: Double)
        case kept(Reason)
    }

    public enum Reason: Sendable, Equatable {
        /// It is not stored as `float32`: whole numbers, half or double precision.
        case type(String)
        /// It has numbers that are too large for the type, or that are none.
        case outOfRange
        /// It is rearranged when a session is made, which would take the memory of the whole weight again.
        case rearranged
    }

    /// The layer's path and the weight's part in it.
    public var layer: String
    public var role: String
    public var outcome: Outcome
    /// Bytes before and after.
    public var sourceBytes: UInt64
    public var bytes: UInt64
}

extension LoweredModel {
    /// Rounds the matrices that kernels read where they lie: of dense, convolution and recurrent layers, and embedding tables. Biases and
    /// statistics are few numbers and stay as they are.
    ///
    /// - Complexity: reads every such weight once, a piece at a time.
    mutating func roundWeights(to precision: WeightPrecision) throws(KerasFileError) -> [WeightRounding] {
        var report: [WeightRounding] = []
        var done: Set<Int> = []
        for (index, operation) in program.operations.enumerated() {
            for weight in operation.matrices where done.insert(weight.tensor.index).inserted {
                let tensor = tensors[weight.tensor.index]
                let outcome = try weight.isRearranged ? .kept(.rearranged) : tensor.source.outcome(ofRoundingTo: precision.elementType)
                let before = UInt64(tensor.source.byteCount)
                if case .rounded = outcome {
                    let rounded = try tensor.source.rounded(to: precision.elementType)
                    tensors[weight.tensor.index] = LoweredTensor(
                        descriptor: TensorDescriptor(
                            precision == .float16 ? .float16 : .bfloat16, rounded.shape, layout: tensor.descriptor.layout),
                        source: rounded)
                }
                report.append(
                    WeightRounding(
                        layer: operationNames[index], role: weight.role, outcome: outcome, sourceBytes: before,
                        bytes: UInt64(tensors[weight.tensor.index].source.byteCount)))
            }
        }
        return report
    }
}

extension Operation {
    /// The large weights, and whether steps read them in another order than they are stored.
    fileprivate var matrices: [(role: String, tensor: TensorID, isRearranged: Bool)] {
        switch self {
        case .dense(let record): [("kernel", record.kernel, false)]
        case .convolution(let record): [("kernel", record.kernel, record.groups > 1)]
        case .transposedConvolution(let record): [("kernel", record.kernel, true)]
        case .recurrent(let record): [("kernel", record.kernel, false), ("recurrent_kernel", record.recurrentKernel, false)]
        case .embedding(let record): [("embeddings", record.table, false)]
        default: []
        }
    }
}

extension Tensor {
    /// Numbers that are compared at a time.
    private static let piece = 1 << 18

    /// What rounding would do to the tensor.
    fileprivate func outcome(ofRoundingTo type: KerasFiles.ElementType) throws(KerasFileError) -> WeightRounding.Outcome {
        guard elementType == .float32 else { return .kept(.type(elementType.rawValue)) }
        let rounded = try rounded(to: type)
        var signal = 0.0
        var noise = 0.0
        var largest = 0.0
        for start in stride(from: 0, to: count, by: Self.piece) {
            let range = start..<min(start + Self.piece, count)
            let exact = try floats(ofElements: range)
            let near = try rounded.floats(ofElements: range)
            for index in exact.indices {
                let error = Double(exact[index]) - Double(near[index])
                guard error.isFinite else { return .kept(.outOfRange) }
                signal += Double(exact[index]) * Double(exact[index])
                noise += error * error
                largest = max(largest, error.magnitude)
            }
        }
        return .rounded(signalToNoise: noise == 0 ? .infinity : signal.decibels - noise.decibels, largestError: largest)
    }

    private func floats(ofElements range: Range<Int>) throws(KerasFileError) -> [Float] {
        let size = elementType.size
        let part = try Tensor(
            elementType: elementType, shape: [range.count], source: source, offset: offset + UInt64(range.lowerBound * size),
            byteCount: range.count * size)
        return try part.floats()
    }
}

extension Double {
    fileprivate var decibels: Double { 10 * Double.log(self) / Double.log(10) }
}
