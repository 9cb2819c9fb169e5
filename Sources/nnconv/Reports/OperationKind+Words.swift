import NNInference

extension OperationKind {
    /// The operation's name in reports.
    var words: String {
        switch self {
        case .dense: "dense"
        case .convolution: "convolution"
        case .transposedConvolution: "transposed convolution"
        case .pooling: "pooling"
        case .adaptivePooling: "adaptive pooling"
        case .reduction: "reduction"
        case .activation: "activation"
        case .softmax: "softmax"
        case .standardization: "standardization"
        case .normalization: "normalization"
        case .scaling: "scaling"
        case .prelu: "prelu"
        case .embedding: "embedding"
        case .constant: "constant"
        case .arithmetic: "arithmetic"
        case .concatenation: "concatenation"
        case .reshape: "reshape"
        case .transposition: "transposition"
        case .repetition: "repetition"
        case .resampling: "resampling"
        case .padding: "padding"
        case .cropping: "cropping"
        case .reversal: "reversal"
        case .foldSteps: "fold steps"
        case .unfoldSteps: "unfold steps"
        case .stepMask: "step mask"
        case .masking: "masking"
        case .recurrent: "recurrent"
        case .convolutionalRecurrent: "convolutional recurrent"
        case .localConvolution: "local convolution"
        case .conversion: "conversion"
        case .binning: "binning"
        case .encoding: "encoding"
        case .hashing: "hashing"
        case .lookup: "lookup"
        case .inverseLookup: "inverse lookup"
        case .textVectorization: "text vectorization"
        case .quantization: "quantization"
        case .quantizedDense: "quantized dense"
        case .quantizedConvolution: "quantized convolution"
        }
    }
}

extension [OperationKind] {
    /// The kinds, of several in a row one.
    var words: String {
        var names: [String] = []
        for kind in self where names.last != kind.words { names.append(kind.words) }
        return names.joined(separator: ", ")
    }
}
