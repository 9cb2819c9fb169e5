/// An operation ready to run: its memory found, its geometry computed.
indirect enum Step<Number: Scalar> {
    /// Nothing to do: the result is the input's memory.
    case none
    case matrixProduct(MatrixProductStep<Number>)
    case convolution(ConvolutionStep<Number>)
    case transposedConvolution(TransposedConvolutionStep<Number>)
    case pooling(PoolingStep<Number>)
    case adaptivePooling(AdaptivePoolingStep<Number>)
    case resampling(ResamplingStep<Number>)
    case reduction(ReductionStep<Number>)
    case elementwise(ElementwiseStep<Number>)
    case softmax(SoftmaxStep<Number>)
    case standardization(StandardizationStep<Number>)
    case normalization(NormalizationStep<Number>)
    case scaling(ScalingStep<Number>)
    case prelu(PReLUStep<Number>)
    case embedding(EmbeddingStep<Number>)
    case arithmetic(ArithmeticStep<Number>)
    case copy(CopyStep<Number>)
    case stepMask(StepMaskStep<Number>)
    case masking(MaskingStep<Number>)
    case recurrent(RecurrentStep<Number>)
    case convolutionalRecurrent(ConvolutionalRecurrentStep<Number>)
    case localConvolution(LocalConvolutionStep<Number>)
    case conversion(ConversionStep<Number>)
    case binning(BinningStep<Number>)
    case encoding(EncodingStep<Number>)
    case hashing(HashingStep<Number>)
    case lookup(LookupStep<Number>)
    case inverseLookup(InverseLookupStep<Number>)
    case textVectorization(TextVectorizationStep<Number>)
    case quantization(QuantizationStep<Number>)
    case group(GroupStep<Number>)
    case quantizedProduct(QuantizedProductStep<Number>)

    /// Parts that can be computed apart, by different workers; 1 if the step is done in one go.
    var units: Int {
        switch self {
        case .matrixProduct(let step): step.units
        case .convolution(let step): step.units
        case .transposedConvolution(let step): step.units
        case .pooling(let step): step.units
        case .adaptivePooling(let step): step.units
        case .resampling(let step): step.units
        case .localConvolution(let step): step.units
        case .elementwise(let step): step.output.count
        case .recurrent(let step): step.parts
        case .group(let step): step.units
        case .quantizedProduct(let step): step.units
        default: 1
        }
    }

    /// How often the workers that share a step meet: each phase needs what all of them did in the one before it.
    var phases: Int {
        if case .recurrent(let step) = self { step.phases } else { 1 }
    }

    /// Roughly the multiply-accumulate operations in the time of which the step is done; a worker takes a microsecond to come. What a step
    /// gives to a worker's cache is found there by the next one, if that is shared too.
    var cost: Int {
        switch self {
        case .matrixProduct(let step): step.rows &* step.kernel.rows &* step.kernel.columns
        case .convolution(let step): step.cost
        case .transposedConvolution(let step): step.batch &* step.window.imageCount &* step.kernel.rows
        case .pooling(let step): step.units &* step.geometry.taps &* step.geometry.channels &* 8
        case .adaptivePooling(let step): step.cost
        case .resampling(let step): step.cost
        case .localConvolution(let step): step.units &* step.geometry.taps &* step.geometry.channels &* step.kernel.columns
        case .elementwise(let step): step.output.count &* 8
        case .recurrent(let step): step.cost
        case .group(let step): step.cost
        case .quantizedProduct(let step): step.cost
        default: 0
        }
    }

    static var worthSharing: Int { 50_000 }

    /// - Parameters:
    ///   - units: the parts to compute; everything for a step of one part.
    ///   - worker: who computes them, from 0: workers have scratch memory of their own.
    ///   - phase: which phase of them, when workers share the step; nil for all.
    func run(_ units: Range<Int>, worker: Int, phase: Int? = nil) throws(RunError) {
        switch self {
        case .none: break
        case .matrixProduct(let step): step.run(units)
        case .convolution(let step): step.run(units, worker: worker)
        case .transposedConvolution(let step): step.run(units, worker: worker)
        case .pooling(let step): step.run(units, worker: worker)
        case .adaptivePooling(let step): step.run(units)
        case .resampling(let step): step.run(units)
        case .reduction(let step): step.run()
        case .elementwise(let step): step.run(units)
        case .softmax(let step): step.run()
        case .standardization(let step): step.run()
        case .normalization(let step): step.run()
        case .scaling(let step): step.run()
        case .prelu(let step): step.run()
        case .embedding(let step): try step.run()
        case .arithmetic(let step): step.run()
        case .copy(let step): step.run()
        case .stepMask(let step): step.run()
        case .masking(let step): step.run()
        case .recurrent(let step): step.run(units, phase: phase)
        case .convolutionalRecurrent(let step): step.run()
        case .localConvolution(let step): step.run(units)
        case .conversion(let step): step.run()
        case .binning(let step): step.run()
        case .encoding(let step): try step.run()
        case .hashing(let step): try step.run()
        case .lookup(let step): try step.run()
        case .inverseLookup(let step): try step.run()
        case .textVectorization(let step): try step.run()
        case .quantization(let step): step.run()
        case .group(let step): step.run(units, worker: worker)
        case .quantizedProduct(let step): step.run(units, worker: worker)
        }
    }
}
