import KerasFiles
import Lowering
import NNInference

/// A number type that the large weights of a `.nnc` file can be rounded to. Sums, inputs and outputs of layers stay single precision, but
/// for the inputs of large matrix products and convolutions with `int8`, which are rounded to whole numbers while they run.
public enum WeightPrecision: String, Sendable, CaseIterable {
    /// 11 significant bits, up to 65504.
    case float16 = "f16"
    /// 8 significant bits, the range of `Float`.
    case bfloat16 = "bf16"
    /// Whole numbers from -127 to 127 with a factor for each output channel.
    case int8
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
        /// The layer has no place for a factor for each output channel.
        case noFactors
        /// Another layer uses the same weight.
        case shared
        /// With the factors it would not take fewer bytes.
        case noSmaller
    }

    /// The layer's path and the weight's part in it.
    public var layer: String
    public var role: String
    public var outcome: Outcome
    /// Whether the layer's inputs are rounded too, to 255 steps of a row's or a sample's largest magnitude, whenever it runs.
    public var roundsInputs = false
    /// Bytes before and after; factors count.
    public var sourceBytes: UInt64
    public var bytes: UInt64
}

extension LoweredModel {
    /// Rounds the matrices that kernels read where they lie: of dense, convolution and recurrent layers, and embedding tables. Biases and
    /// statistics are few numbers and stay as they are.
    ///
    /// - Complexity: reads every such weight two or three times, a piece at a time.
    mutating func roundWeights(to precision: WeightPrecision) throws(KerasFileError) -> [WeightRounding] {
        var report: [WeightRounding] = []
        let uses = Dictionary(program.operations.flatMap(\.matrices).map { ($0.tensor.index, 1) }, uniquingKeysWith: +)
        var done: Set<Int> = []
        for index in program.operations.indices {
            for weight in program.operations[index].matrices where done.insert(weight.tensor.index).inserted {
                let before = tensors[weight.tensor.index].source
                let count = tensors.count
                let outcome: WeightRounding.Outcome =
                    if before.elementType != .float32 {
                        .kept(.type(before.elementType.rawValue))
                    } else if weight.isRearranged {
                        .kept(.rearranged)
                    } else {
                        switch precision {
                        case .float16: try round(weight.tensor.index, .float16, .float16)
                        case .bfloat16: try round(weight.tensor.index, .bfloat16, .bfloat16)
                        case .int8: uses[weight.tensor.index] == 1 ? try quantize(weight.tensor.index, ofOperation: index) : .kept(.shared)
                        }
                    }
                let bytes = tensors[weight.tensor.index].source.byteCount + tensors[count...].reduce(0) { $0 + $1.source.byteCount }
                report.append(
                    WeightRounding(
                        layer: operationNames[index], role: weight.role, outcome: outcome,
                        roundsInputs: program.operations[index].quantizesInput, sourceBytes: UInt64(before.byteCount), bytes: UInt64(bytes)))
            }
        }
        return report
    }

    private mutating func round(
        _ tensor: Int, _ type: KerasFiles.ElementType, _ storedType: NNInference.ElementType
    ) throws(KerasFileError) -> WeightRounding.Outcome {
        let exact = tensors[tensor].source
        let rounded = try exact.rounded(to: type)
        let outcome = try exact.outcome(of: rounded, factors: nil)
        if case .rounded = outcome { replace(tensor, with: rounded, storedType) }
        return outcome
    }

    /// The factors become the operation's statistics: `(sum - mean) * gamma / sqrt(variance + epsilon) + beta`.
    private mutating func quantize(_ tensor: Int, ofOperation index: Int) throws(KerasFileError) -> WeightRounding.Outcome {
        guard let epilogue = program.operations[index].epilogue, epilogue.statistics?.rule ?? .addedEpsilon == .addedEpsilon else {
            return .kept(.noFactors)
        }
        let exact = tensors[tensor].source
        let vectors = epilogue.statistics == nil ? 3 : 2
        guard 3 * exact.count > 4 * vectors * (exact.shape.last ?? 1) else { return .kept(.noSmaller) }
        guard let factors = try exact.largestOfColumns()?.map({ $0 == 0 ? 1 : $0 / 127 }) else { return .kept(.outOfRange) }
        let rounded = try exact.quantized(factors)
        let outcome = try exact.outcome(of: rounded, factors: factors)
        guard case .rounded = outcome else { return outcome }

        var statistics = epilogue.statistics ?? Statistics(beta: epilogue.bias)
        if epilogue.statistics == nil {
            statistics.mean = add(Array(repeating: 0, count: factors.count))
            statistics.variance = add(Array(repeating: 1, count: factors.count))
            statistics.gamma = add(factors)
        } else {
            let mean = try tensors[statistics.mean.index].source.floats()
            let bias = try epilogue.bias.map { bias throws(KerasFileError) in try tensors[bias.index].source.floats() }
            let gamma = try statistics.gamma.map { gamma throws(KerasFileError) in try tensors[gamma.index].source.floats() }
            statistics.mean = add(factors.indices.map { (mean[$0] - (bias?[$0] ?? 0)) / factors[$0] })
            statistics.gamma = add(factors.indices.map { (gamma?[$0] ?? 1) * factors[$0] })
        }
        replace(tensor, with: rounded, .int8)
        program.operations[index].epilogue = Epilogue(statistics: statistics, activation: epilogue.activation)
        program.operations[index].quantizeInput(exact.shape)
        return outcome
    }

    private mutating func replace(_ tensor: Int, with rounded: Tensor, _ type: NNInference.ElementType) {
        let descriptor = TensorDescriptor(type, rounded.shape, layout: tensors[tensor].descriptor.layout)
        tensors[tensor] = LoweredTensor(descriptor: descriptor, source: rounded)
    }

    private mutating func add(_ numbers: [Float]) -> TensorID {
        let bytes = numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } }
        guard let tensor = try? Tensor(elementType: .float32, shape: [numbers.count], bytes: bytes) else {
            preconditionFailure("A vector has four bytes for each number.")
        }
        tensors.append(LoweredTensor(descriptor: TensorDescriptor(.float32, tensor.shape), source: tensor))
        return TensorID(tensors.count - 1)
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

    fileprivate var quantizesInput: Bool {
        switch self {
        case .quantizedDense, .quantizedConvolution: true
        default: false
        }
    }

    /// Has the input rounded too, where sums of whole numbers are faster by more than rounding costs. (A convolution of few channels, mostly
    /// the first one of a model, also suffers most from it.)
    fileprivate mutating func quantizeInput(_ kernel: [Int]) {
        guard let columns = kernel.last, columns >= TensorDescriptor.panelWidth, kernel.count >= 2, kernel[kernel.count - 2] >= 16,
            kernel.dropLast().reduce(1, *) <= QuantizedRows.mostRows
        else { return }
        switch self {
        case .dense(let record): self = .quantizedDense(QuantizedDense(record))
        case .convolution(let record) where record.groups == 1: self = .quantizedConvolution(QuantizedConvolution(record))
        default: break
        }
    }

    /// What follows the sums of a matrix product or convolution; nil for other operations.
    fileprivate var epilogue: Epilogue? {
        get {
            switch self {
            case .dense(let record): record.epilogue
            case .convolution(let record): record.epilogue
            default: nil
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .dense(var record):
                record.epilogue = newValue
                self = .dense(record)
            case .convolution(var record):
                record.epilogue = newValue
                self = .convolution(record)
            default: break
            }
        }
    }
}

extension Tensor {
    /// Numbers that are looked at a time.
    private static let piece = 1 << 18

    /// What it means to take `rounded` for the tensor: its elements, times the factor of their column.
    fileprivate func outcome(of rounded: Tensor, factors: [Float]?) throws(KerasFileError) -> WeightRounding.Outcome {
        var signal = 0.0
        var noise = 0.0
        var largest = 0.0
        for start in stride(from: 0, to: count, by: Self.piece) {
            let range = start..<min(start + Self.piece, count)
            let exact = try floats(ofElements: range)
            let near = try rounded.floats(ofElements: range)
            for index in exact.indices {
                let factor = factors.map { $0[(start + index) % $0.count] } ?? 1
                let error = Double(exact[index]) - Double(near[index]) * Double(factor)
                guard error.isFinite else { return .kept(.outOfRange) }
                signal += Double(exact[index]) * Double(exact[index])
                noise += error * error
                largest = max(largest, error.magnitude)
            }
        }
        return .rounded(signalToNoise: noise == 0 ? .infinity : signal.decibels - noise.decibels, largestError: largest)
    }

    /// The largest magnitude in each column of the last axis; nil when something is infinite or not a number.
    fileprivate func largestOfColumns() throws(KerasFileError) -> [Float]? {
        guard let columns = shape.last, columns > 0 else { return nil }
        var largest = [Float](repeating: 0, count: columns)
        for start in stride(from: 0, to: count, by: Self.piece) {
            for (index, number) in try floats(ofElements: start..<min(start + Self.piece, count)).enumerated() {
                guard number.isFinite else { return nil }
                let column = (start + index) % columns
                largest[column] = max(largest[column], number.magnitude)
            }
        }
        return largest
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
