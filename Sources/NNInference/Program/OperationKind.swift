/// The kinds of operation. Raw values are part of the file format and never reused.
public enum OperationKind: UInt8, Hashable, Sendable, CaseIterable {
    case dense = 1
    case convolution = 2
    case pooling = 4
    case reduction = 5
    case activation = 6
    case softmax = 7
    case standardization = 8
    case normalization = 9
    case scaling = 10
    case prelu = 11
    case embedding = 12
    case constant = 13
    case arithmetic = 14
    case concatenation = 15
    case reshape = 16
    case transposition = 17
    case repetition = 18
    case padding = 19
    case cropping = 20
    case reversal = 21
    case foldSteps = 22
    case unfoldSteps = 23
    case stepMask = 24
    case masking = 25
    case recurrent = 26
    case transposedConvolution = 27
    case resampling = 28
    case adaptivePooling = 29
    case convolutionalRecurrent = 30
    case localConvolution = 31
    case conversion = 48
    case binning = 49
    case encoding = 50
    case hashing = 51
    case lookup = 52
    case inverseLookup = 53
    case textVectorization = 54
    case quantization = 60
    case quantizedDense = 61
    case quantizedConvolution = 62

    /// The newest version of the kind's record that this build reads and writes.
    public var version: UInt8 { 1 }
}
