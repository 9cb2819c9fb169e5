/// One step of a ``Program``: a primitive computation with its attributes, the values it reads and the tensors it uses.
///
/// A new kind of operation is a case here, a line in each of the three tables below, a raw value in ``OperationKind`` and a
/// record in `Operations/`.
public enum Operation: Hashable, Sendable {
    case dense(Dense)
    case convolution(Convolution)
    case transposedConvolution(TransposedConvolution)
    case pooling(Pooling)
    case adaptivePooling(AdaptivePooling)
    case reduction(Reduction)
    case activation(Elementwise)
    case softmax(Softmax)
    case standardization(Standardization)
    case normalization(Normalization)
    case scaling(Scaling)
    case prelu(PReLU)
    case embedding(Embedding)
    case constant(Constant)
    case arithmetic(Arithmetic)
    case concatenation(Concatenation)
    case reshape(Reshape)
    case transposition(Transposition)
    case repetition(Repetition)
    case resampling(Resampling)
    case padding(Padding)
    case cropping(Cropping)
    case reversal(Reversal)
    case foldSteps(FoldSteps)
    case unfoldSteps(UnfoldSteps)
    case stepMask(StepMask)
    case masking(Masking)
    case recurrent(Recurrent)
    case convolutionalRecurrent(ConvolutionalRecurrent)
    case localConvolution(LocalConvolution)
    case conversion(Conversion)
    case binning(Binning)
    case encoding(Encoding)
    case hashing(Hashing)
    case lookup(Lookup)
    case inverseLookup(InverseLookup)
    case textVectorization(TextVectorization)
    case quantization(Quantization)
    case quantizedDense(QuantizedDense)
    case quantizedConvolution(QuantizedConvolution)

    /// An operation of the given kind whose fields are still to be read.
    package init(kind: OperationKind) {
        switch kind {
        case .dense: self = .dense(Dense())
        case .convolution: self = .convolution(Convolution())
        case .transposedConvolution: self = .transposedConvolution(TransposedConvolution())
        case .pooling: self = .pooling(Pooling())
        case .adaptivePooling: self = .adaptivePooling(AdaptivePooling())
        case .reduction: self = .reduction(Reduction())
        case .activation: self = .activation(Elementwise())
        case .softmax: self = .softmax(Softmax())
        case .standardization: self = .standardization(Standardization())
        case .normalization: self = .normalization(Normalization())
        case .scaling: self = .scaling(Scaling())
        case .prelu: self = .prelu(PReLU())
        case .embedding: self = .embedding(Embedding())
        case .constant: self = .constant(Constant())
        case .arithmetic: self = .arithmetic(Arithmetic())
        case .concatenation: self = .concatenation(Concatenation())
        case .reshape: self = .reshape(Reshape())
        case .transposition: self = .transposition(Transposition())
        case .repetition: self = .repetition(Repetition())
        case .resampling: self = .resampling(Resampling())
        case .padding: self = .padding(Padding())
        case .cropping: self = .cropping(Cropping())
        case .reversal: self = .reversal(Reversal())
        case .foldSteps: self = .foldSteps(FoldSteps())
        case .unfoldSteps: self = .unfoldSteps(UnfoldSteps())
        case .stepMask: self = .stepMask(StepMask())
        case .masking: self = .masking(Masking())
        case .recurrent: self = .recurrent(Recurrent())
        case .convolutionalRecurrent: self = .convolutionalRecurrent(ConvolutionalRecurrent())
        case .localConvolution: self = .localConvolution(LocalConvolution())
        case .conversion: self = .conversion(Conversion())
        case .binning: self = .binning(Binning())
        case .encoding: self = .encoding(Encoding())
        case .hashing: self = .hashing(Hashing())
        case .lookup: self = .lookup(Lookup())
        case .inverseLookup: self = .inverseLookup(InverseLookup())
        case .textVectorization: self = .textVectorization(TextVectorization())
        case .quantization: self = .quantization(Quantization())
        case .quantizedDense: self = .quantizedDense(QuantizedDense())
        case .quantizedConvolution: self = .quantizedConvolution(QuantizedConvolution())
        }
    }

    /// Shows every field of the record to `visitor`, which may change them.
    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        switch self {
        case .dense(var record): try record.visit(&visitor); self = .dense(record)
        case .convolution(var record): try record.visit(&visitor); self = .convolution(record)
        case .transposedConvolution(var record): try record.visit(&visitor); self = .transposedConvolution(record)
        case .pooling(var record): try record.visit(&visitor); self = .pooling(record)
        case .adaptivePooling(var record): try record.visit(&visitor); self = .adaptivePooling(record)
        case .reduction(var record): try record.visit(&visitor); self = .reduction(record)
        case .activation(var record): try record.visit(&visitor); self = .activation(record)
        case .softmax(var record): try record.visit(&visitor); self = .softmax(record)
        case .standardization(var record): try record.visit(&visitor); self = .standardization(record)
        case .normalization(var record): try record.visit(&visitor); self = .normalization(record)
        case .scaling(var record): try record.visit(&visitor); self = .scaling(record)
        case .prelu(var record): try record.visit(&visitor); self = .prelu(record)
        case .embedding(var record): try record.visit(&visitor); self = .embedding(record)
        case .constant(var record): try record.visit(&visitor); self = .constant(record)
        case .arithmetic(var record): try record.visit(&visitor); self = .arithmetic(record)
        case .concatenation(var record): try record.visit(&visitor); self = .concatenation(record)
        case .reshape(var record): try record.visit(&visitor); self = .reshape(record)
        case .transposition(var record): try record.visit(&visitor); self = .transposition(record)
        case .repetition(var record): try record.visit(&visitor); self = .repetition(record)
        case .resampling(var record): try record.visit(&visitor); self = .resampling(record)
        case .padding(var record): try record.visit(&visitor); self = .padding(record)
        case .cropping(var record): try record.visit(&visitor); self = .cropping(record)
        case .reversal(var record): try record.visit(&visitor); self = .reversal(record)
        case .foldSteps(var record): try record.visit(&visitor); self = .foldSteps(record)
        case .unfoldSteps(var record): try record.visit(&visitor); self = .unfoldSteps(record)
        case .stepMask(var record): try record.visit(&visitor); self = .stepMask(record)
        case .masking(var record): try record.visit(&visitor); self = .masking(record)
        case .recurrent(var record): try record.visit(&visitor); self = .recurrent(record)
        case .convolutionalRecurrent(var record): try record.visit(&visitor); self = .convolutionalRecurrent(record)
        case .localConvolution(var record): try record.visit(&visitor); self = .localConvolution(record)
        case .conversion(var record): try record.visit(&visitor); self = .conversion(record)
        case .binning(var record): try record.visit(&visitor); self = .binning(record)
        case .encoding(var record): try record.visit(&visitor); self = .encoding(record)
        case .hashing(var record): try record.visit(&visitor); self = .hashing(record)
        case .lookup(var record): try record.visit(&visitor); self = .lookup(record)
        case .inverseLookup(var record): try record.visit(&visitor); self = .inverseLookup(record)
        case .textVectorization(var record): try record.visit(&visitor); self = .textVectorization(record)
        case .quantization(var record): try record.visit(&visitor); self = .quantization(record)
        case .quantizedDense(var record): try record.visit(&visitor); self = .quantizedDense(record)
        case .quantizedConvolution(var record): try record.visit(&visitor); self = .quantizedConvolution(record)
        }
    }

    /// Gives the record to `reader`, whatever its kind.
    func read<Reader: RecordBody>(_ reader: inout Reader) throws(ProgramError) -> Reader.Result {
        switch self {
        case .dense(let record): try reader.read(record)
        case .convolution(let record): try reader.read(record)
        case .transposedConvolution(let record): try reader.read(record)
        case .pooling(let record): try reader.read(record)
        case .adaptivePooling(let record): try reader.read(record)
        case .reduction(let record): try reader.read(record)
        case .activation(let record): try reader.read(record)
        case .softmax(let record): try reader.read(record)
        case .standardization(let record): try reader.read(record)
        case .normalization(let record): try reader.read(record)
        case .scaling(let record): try reader.read(record)
        case .prelu(let record): try reader.read(record)
        case .embedding(let record): try reader.read(record)
        case .constant(let record): try reader.read(record)
        case .arithmetic(let record): try reader.read(record)
        case .concatenation(let record): try reader.read(record)
        case .reshape(let record): try reader.read(record)
        case .transposition(let record): try reader.read(record)
        case .repetition(let record): try reader.read(record)
        case .resampling(let record): try reader.read(record)
        case .padding(let record): try reader.read(record)
        case .cropping(let record): try reader.read(record)
        case .reversal(let record): try reader.read(record)
        case .foldSteps(let record): try reader.read(record)
        case .unfoldSteps(let record): try reader.read(record)
        case .stepMask(let record): try reader.read(record)
        case .masking(let record): try reader.read(record)
        case .recurrent(let record): try reader.read(record)
        case .convolutionalRecurrent(let record): try reader.read(record)
        case .localConvolution(let record): try reader.read(record)
        case .conversion(let record): try reader.read(record)
        case .binning(let record): try reader.read(record)
        case .encoding(let record): try reader.read(record)
        case .hashing(let record): try reader.read(record)
        case .lookup(let record): try reader.read(record)
        case .inverseLookup(let record): try reader.read(record)
        case .textVectorization(let record): try reader.read(record)
        case .quantization(let record): try reader.read(record)
        case .quantizedDense(let record): try reader.read(record)
        case .quantizedConvolution(let record): try reader.read(record)
        }
    }
}

/// Work that is done with a record of any kind.
protocol RecordBody {
    associatedtype Result
    mutating func read<Record: OperationRecord>(_ record: Record) throws(ProgramError) -> Result
}

extension Operation {
    public var kind: OperationKind {
        switch self {
        case .dense: .dense
        case .convolution: .convolution
        case .transposedConvolution: .transposedConvolution
        case .pooling: .pooling
        case .adaptivePooling: .adaptivePooling
        case .reduction: .reduction
        case .activation: .activation
        case .softmax: .softmax
        case .standardization: .standardization
        case .normalization: .normalization
        case .scaling: .scaling
        case .prelu: .prelu
        case .embedding: .embedding
        case .constant: .constant
        case .arithmetic: .arithmetic
        case .concatenation: .concatenation
        case .reshape: .reshape
        case .transposition: .transposition
        case .repetition: .repetition
        case .resampling: .resampling
        case .padding: .padding
        case .cropping: .cropping
        case .reversal: .reversal
        case .foldSteps: .foldSteps
        case .unfoldSteps: .unfoldSteps
        case .stepMask: .stepMask
        case .masking: .masking
        case .recurrent: .recurrent
        case .convolutionalRecurrent: .convolutionalRecurrent
        case .localConvolution: .localConvolution
        case .conversion: .conversion
        case .binning: .binning
        case .encoding: .encoding
        case .hashing: .hashing
        case .lookup: .lookup
        case .inverseLookup: .inverseLookup
        case .textVectorization: .textVectorization
        case .quantization: .quantization
        case .quantizedDense: .quantizedDense
        case .quantizedConvolution: .quantizedConvolution
        }
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var inference = Inference(context: context)
        return try read(&inference)
    }

    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) throws(ProgramError) -> UInt64 {
        var cost = Cost(context: context, results: results)
        return try read(&cost)
    }
}

private struct Inference: RecordBody {
    let context: ShapeContext
    func read<Record: OperationRecord>(_ record: Record) throws(ProgramError) -> [ValueInfo] { try record.infer(context) }
}

private struct Cost: RecordBody {
    let context: ShapeContext
    let results: [ValueInfo]
    func read<Record: OperationRecord>(_ record: Record) throws(ProgramError) -> UInt64 {
        record.multiplyAccumulates(context, results: results)
    }
}

private struct StateCount: RecordBody {
    let context: ShapeContext
    func read<Record: OperationRecord>(_ record: Record) throws(ProgramError) -> Int { try record.stateCount(context) }
}

private struct KeepsState: RecordBody {
    func read<Record: OperationRecord>(_ record: Record) throws(ProgramError) -> Bool { record.keepsState }
}

private struct StorageOf: RecordBody {
    func read<Record: OperationRecord>(_ record: Record) throws(ProgramError) -> ResultStorage { record.resultStorage }
}

private struct ScratchOf<Number: Scalar>: RecordBody {
    let planner: Planner<Number>
    func read<Record: OperationRecord>(_ record: Record) throws(ProgramError) -> Int { try record.scratchBytes(planner) }
}

private struct WeightUseOf<Number: Scalar>: RecordBody {
    let planner: Planner<Number>
    func read<Record: OperationRecord>(_ record: Record) throws(ProgramError) -> WeightUse? { try record.weightUse(planner) }
}

private struct StepsOf<Number: Scalar>: RecordBody {
    var planner: Planner<Number>
    mutating func read<Record: OperationRecord>(_ record: Record) throws(ProgramError) -> [Step<Number>] { try record.makeSteps(&planner) }
}

extension Operation {
    /// Whether one run begins with the state that the one before ended with.
    package var keepsState: Bool {
        var reader = KeepsState()
        return (try? read(&reader)) ?? false
    }

    /// Elements that the operation keeps from one run to the next.
    func stateCount(_ context: ShapeContext) throws(ProgramError) -> Int {
        var reader = StateCount(context: context)
        return try read(&reader)
    }

    func resultStorage() throws(ProgramError) -> ResultStorage {
        var reader = StorageOf()
        return try read(&reader)
    }

    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        var reader = ScratchOf(planner: planner)
        return try read(&reader)
    }

    func weightUse<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> WeightUse? {
        var reader = WeightUseOf(planner: planner)
        return try read(&reader)
    }

    func makeSteps<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> [Step<Number>] {
        var reader = StepsOf(planner: planner)
        let steps = try read(&reader)
        planner = reader.planner
        return steps
    }
}
