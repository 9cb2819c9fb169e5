/// Which variables the layers of each class have, in the order in which Keras creates them. What is inside a wrapper or a model
/// is not listed with it: its own layers bring their variables, after the wrapper's.
///
/// Facts: Keras 3.15.1, for the classes that it no longer has Keras 2.3.1 and TensorFlow 2.15.
package enum LayerVariables {
    /// Whether the class is Keras's own. What another class has is anyone's guess.
    package static func hasClass(_ className: String) -> Bool { table[className] != nil }

    /// The classes of Keras's own layers.
    package static var classNames: [String] { table.keys.sorted() }

    /// The variables of a layer, or nil when its class or its options are outside the table.
    package static func of(_ className: String, config: JSONObject) -> [LayerVariable]? {
        guard let rows = table[className] else { return nil }
        let plain = rows.filter { $0.isPresent(in: config) }
        return AdaptedVariables.of(className, config: config, plain: plain) ?? plain
    }

    private static let bias = LayerVariable("bias", if: .on("use_bias", default: true))
    private static let dense = [LayerVariable("kernel"), bias]
    private static let depthwise = [LayerVariable("kernel", stored: ["kernel", "depthwise_kernel"]), bias]
    private static let separable = [LayerVariable("depthwise_kernel"), LayerVariable("pointwise_kernel"), bias]
    /// Gate order within the last axis: LSTM i, f, c, o; GRU z, r, h.
    private static let recurrent = [LayerVariable("kernel"), LayerVariable("recurrent_kernel"), bias]
    private static let affine = [
        LayerVariable("gamma", if: .on("scale", default: true)), LayerVariable("beta", if: .on("center", default: true)),
    ]

    private static func projection(_ name: String) -> [LayerVariable] {
        [
            LayerVariable(name + "_kernel", stored: ["kernel"]),
            LayerVariable(name + "_bias", if: .on("use_bias", default: true), stored: ["bias"]),
        ]
    }

    private static let attentionHeads =
        projection("query") + projection("key")
        + [
            LayerVariable("gate_kernel", if: .on("use_gate", default: false), stored: ["kernel"]),
            LayerVariable(
                "gate_bias", if: .on("use_gate", default: false), .on("use_bias", default: true), stored: ["bias"]),
        ]
        + projection("value") + projection("output")

    private static let table: [String: [LayerVariable]] = {
        var table: [String: [LayerVariable]] = [:]
        for name in classesWithoutVariables { table[name] = [] }
        for (names, variables) in rows {
            for name in names { table[name] = variables }
        }
        return table
    }()

    private static let rows: [([String], [LayerVariable])] = [
        (["Dense"], dense),
        (["EinsumDense"], [LayerVariable("kernel"), LayerVariable("bias", if: .given("bias_axes"))]),
        // Keras 1.
        (["MaxoutDense"], dense),
        (["Highway"],
         [
            LayerVariable("kernel"), LayerVariable("carry_kernel"), bias, LayerVariable("carry_bias", if: .on("use_bias", default: true)),
         ]),
        (["Embedding"], [LayerVariable("embeddings")]),
        (["ReversibleEmbedding"],
         [LayerVariable("embeddings"), LayerVariable("reverse_embeddings", if: .off("tie_weights", default: true))]),

        (["Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"], dense),
        (["LocallyConnected1D", "LocallyConnected2D"], dense),
        (["DepthwiseConv1D", "DepthwiseConv2D"], depthwise),
        (["SeparableConv1D", "SeparableConv2D"], separable),

        (["SimpleRNN", "SimpleRNNCell", "LSTM", "LSTMCell", "GRU", "GRUCell"], recurrent),
        (["ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"], recurrent),
        (["CuDNNLSTM", "CuDNNGRU"], [LayerVariable("kernel"), LayerVariable("recurrent_kernel"), LayerVariable("bias")]),

        (["BatchNormalization"],
         affine + [
            LayerVariable("moving_mean", trainable: false), LayerVariable("moving_variance", trainable: false),
            LayerVariable("moving_stddev", if: .on("renorm", default: false), trainable: false),
            LayerVariable("renorm_mean", if: .on("renorm", default: false), trainable: false),
            LayerVariable("renorm_stddev", if: .on("renorm", default: false), trainable: false),
         ]),
        (["LayerNormalization"],
         [
            LayerVariable("gamma", if: .either("scale", default: true, or: "rms_scaling", orDefault: false)),
            LayerVariable("beta", if: .on("center", default: true), .off("rms_scaling", default: false)),
         ]),
        (["GroupNormalization"], affine),
        (["RMSNormalization"], [LayerVariable("scale")]),
        (["SpectralNormalization"], [LayerVariable("vector_u", trainable: false, stored: ["vector_u", "sn_u"])]),
        // What `adapt` has learned; when the user has given the numbers they stand in the configuration.
        (["Normalization"],
         [
            LayerVariable("mean", if: .notGiven("mean"), .notGiven("variance"), trainable: false),
            LayerVariable("variance", if: .notGiven("mean"), .notGiven("variance"), trainable: false),
            LayerVariable("count", if: .notGiven("mean"), .notGiven("variance"), trainable: false),
         ]),
        (["PReLU"], [LayerVariable("alpha")]),

        (["MultiHeadAttention", "GroupQueryAttention"], attentionHeads),
        (["Attention"],
         [
            LayerVariable("scale", if: .on("use_scale", default: false)),
            LayerVariable("concat_score_weight", if: .text("score_mode", "concat")),
         ]),
        (["AdditiveAttention"], [LayerVariable("scale", if: .on("use_scale", default: true))]),

        (["STFTSpectrogram"],
         [
            LayerVariable("real_kernel", if: .otherText("mode", "imag")), LayerVariable("imag_kernel", if: .otherText("mode", "real")),
         ]),
    ]

    private static let classesWithoutVariables = [
        // Models and wrappers: what they hold has its own.
        "Sequential", "Functional", "TimeDistributed", "Bidirectional", "RNN", "StackedRNNCells", "Pipeline",
        "InputLayer", "Activation", "ActivityRegularization", "Identity", "Lambda", "Masking",
        "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout", "GaussianNoise",
        "Flatten", "Reshape", "Permute", "RepeatVector",
        "Cropping1D", "Cropping2D", "Cropping3D", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D",
        "UpSampling1D", "UpSampling2D", "UpSampling3D",
        "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D", "AveragePooling3D",
        "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D",
        "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D",
        "AdaptiveMaxPooling1D", "AdaptiveMaxPooling2D", "AdaptiveMaxPooling3D",
        "AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D", "AdaptiveAveragePooling3D",
        "UnitNormalization", "Rescaling", "ReLU", "LeakyReLU", "ELU", "Softmax",
        "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot",
        "Discretization", "CategoryEncoding", "Hashing", "HashedCrossing", "StringLookup", "IntegerLookup", "TextVectorization",
        "MelSpectrogram", "Resizing", "CenterCrop", "AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization",
        "RandomBrightness", "RandomColorDegeneration", "RandomColorJitter", "RandomContrast", "RandomCrop", "RandomElasticTransform",
        "RandomErasing", "RandomFlip", "RandomGaussianBlur", "RandomGrayscale", "RandomHeight", "RandomHue", "RandomInvert",
        "RandomPerspective", "RandomPosterization", "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear",
        "RandomTranslation", "RandomWidth", "RandomZoom", "AugMix", "CutMix", "MixUp", "RandAugment", "Solarization", "Equalization",
        "MaxNumBoundingBoxes",
        "TFOpLambda", "SlicingOpLambda",
    ]
}
