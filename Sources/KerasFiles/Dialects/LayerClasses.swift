/// The classes of layers that a row of a dialect table is about.
enum LayerClasses: Sendable {
    /// Every class, also those that are not Keras's own.
    case all
    case only(Set<String>)
    case allBut(Set<String>)

    func contain(_ className: String) -> Bool {
        switch self {
        case .all: true
        case .only(let names): names.contains(className)
        case .allBut(let names): !names.contains(className)
        }
    }

    static let recurrent: Set = [
        "SimpleRNN", "LSTM", "GRU", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "CuDNNLSTM", "CuDNNGRU",
    ]
    static let recurrentCells: Set = ["SimpleRNNCell", "LSTMCell", "GRUCell"]
    static let convolutionLSTMs: Set = ["ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"]
    static let depthwiseConvolutions: Set = ["DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D"]
    static let transposedConvolutions: Set = ["Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"]
    static let attention: Set = ["Attention", "AdditiveAttention"]
    static let spatialDropout: Set = ["SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"]

    /// Layers that have a `data_format` in Keras 3 and whose meaning depends on it.
    static let spatial: Set<String> = {
        var names: Set = [
            "Flatten", "Cropping2D", "Cropping3D", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D", "UpSampling2D", "UpSampling3D",
            "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "LocallyConnected1D", "LocallyConnected2D", "Resizing", "CenterCrop",
        ]
        names.formUnion(depthwiseConvolutions)
        names.formUnion(transposedConvolutions)
        for rank in 1...3 {
            names.insert("Conv\(rank)D")
            for kind in ["Max", "Average"] {
                for form in ["", "Global", "Adaptive"] { names.insert("\(form)\(kind)Pooling\(rank)D") }
            }
        }
        return names
    }()
}
