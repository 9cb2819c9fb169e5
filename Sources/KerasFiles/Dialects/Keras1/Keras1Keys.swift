/// Keys of Keras 1 that Keras 2 and 3 have by other names, or not at all.
///
/// Facts: `get_config` of Keras 1.0.8 and 1.2.2.
package enum Keras1Keys {
    static let renamed: [RenamedKey] = {
        let windowed = Keras1Classes.convolutions.union(["ConvLSTM2D"])
        let layersWithKernels = windowed.union(Keras1Classes.recurrent).union(Keras1Classes.dense)
        let recurrent = Keras1Classes.recurrent.union(["ConvLSTM2D"])
        let oneDimensional: Set = ["Conv1D", "LocallyConnected1D"]
        let spatial = windowed.union(Keras1Classes.poolings).union([
            "GlobalMaxPooling2D", "GlobalAveragePooling2D", "GlobalMaxPooling3D", "GlobalAveragePooling3D", "SpatialDropout2D", "SpatialDropout3D",
        ])
        let rows: [(Set<String>, String, String)] = [
            (["Dense", "MaxoutDense", "SimpleRNN", "LSTM", "GRU"], "output_dim", "units"),
            (windowed, "nb_filter", "filters"),
            (oneDimensional, "filter_length", "kernel_size"),
            (oneDimensional, "subsample_length", "strides"),
            (windowed, "subsample", "strides"),
            (windowed, "atrous_rate", "dilation_rate"),
            (windowed.union(Keras1Classes.poolings), "border_mode", "padding"),
            (Keras1Classes.poolings, "pool_length", "pool_size"),
            (Keras1Classes.poolings, "stride", "strides"),
            (spatial, "dim_ordering", "data_format"),
            (layersWithKernels, "bias", "use_bias"),
            (["UpSampling1D"], "length", "size"),
            (["Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout"], "p", "rate"),
            (["GaussianNoise"], "sigma", "stddev"),
            (["InputLayer"], "input_dtype", "dtype"),
            (["Concatenate"], "concat_axis", "axis"),
            (["Dot"], "dot_axes", "axes"),

            (layersWithKernels.subtracting(["SeparableConv2D"]), "init", "kernel_initializer"),
            (["SeparableConv2D"], "init", "depthwise_initializer"),
            (["Embedding"], "init", "embeddings_initializer"),
            (["PReLU"], "init", "alpha_initializer"),
            (recurrent, "inner_init", "recurrent_initializer"),
            (recurrent, "inner_activation", "recurrent_activation"),
            (recurrent, "dropout_W", "dropout"),
            (recurrent, "dropout_U", "recurrent_dropout"),
            (recurrent, "U_regularizer", "recurrent_regularizer"),
            (layersWithKernels, "W_regularizer", "kernel_regularizer"),
            (layersWithKernels, "W_constraint", "kernel_constraint"),
            (["Embedding"], "W_regularizer", "embeddings_regularizer"),
            (["Embedding"], "W_constraint", "embeddings_constraint"),
            (layersWithKernels, "b_regularizer", "bias_regularizer"),
            (layersWithKernels, "b_constraint", "bias_constraint"),
        ]
        return rows.map { RenamedKey(classes: $0.0, old: $0.1, new: $0.2) }
    }()

    /// Keys whose values are the elements of one list: `nb_row` and `nb_col` are `kernel_size`.
    static let joined: [(classes: Set<String>, old: [String], new: String)] = [
        (["Conv2D", "Conv2DTranspose", "SeparableConv2D", "LocallyConnected2D", "ConvLSTM2D"], ["nb_row", "nb_col"], "kernel_size"),
        (["Conv3D"], ["kernel_dim1", "kernel_dim2", "kernel_dim3"], "kernel_size"),
    ]

    static let removed: [RemovedKey] = [
        // The InputLayer of the model says it.
        keras1(.allBut(["Embedding"]), "input_dim"),
        keras1(.all, "input_length"),
        keras1(.allBut(["InputLayer"]), "input_dtype"),
        // How the same numbers are computed, and where training begins.
        keras1(.only(Keras1Classes.recurrent), "consume_less"),
        keras1(.only(Keras1Classes.recurrent.union(["ConvLSTM2D"])), "forget_bias_init"),
        keras1(.only(["Embedding"]), "dropout"),
        keras1(.only(["Highway"]), "transform_bias"),
        keras1(.only(["BatchNormalization"]), "mode", when: .value(0)),
        // The class says it.
        keras1(.only(Keras1Classes.merged), "mode"),
        keras1(.only(Keras1Classes.merged), "mode_type", when: .value("raw")),
        keras1(.only(Keras1Classes.merged.subtracting(["Concatenate"])), "concat_axis"),
        keras1(.only(Keras1Classes.merged.subtracting(["Dot"])), "dot_axes"),
        keras1(.only(Keras1Classes.merged), "output_shape", when: .value(.null)),
        keras1(.only(Keras1Classes.merged), "output_shape_type", when: .value("raw")),
        keras1(.only(Keras1Classes.merged), "output_mask", when: .value(.null)),
        keras1(.only(Keras1Classes.merged), "output_mask_type", when: .value("raw")),
        keras1(.only(Keras1Classes.merged), "arguments", when: .value([:])),
        // What a transposed convolution without steps has anyway.
        RemovedKey(.only(["Conv2DTranspose"]), "output_shape", by: Writers([.standalone], before: (2, 0, 0)), when: .other("strides", is: [1, 1])),
    ]

    private static func keras1(_ classes: LayerClasses, _ key: String, when condition: RemovedKey.Condition = .always) -> RemovedKey {
        RemovedKey(classes, key, by: Writers([.standalone], before: (2, 0, 0)), when: condition)
    }

    /// Whether a key of a layer in Keras 3 form is one of Keras 1 that nothing of Keras 3 stands for.
    package static func isLeft(_ key: String, of className: String) -> Bool {
        renamed.contains { $0.old == key && $0.classes.contains(className) && !laterKeys.contains(key) }
            || removed.contains { $0.key == key && $0.classes.contain(className) && !laterKeys.contains(key) }
            || joined.contains { $0.old.contains(key) && $0.classes.contains(className) }
    }

    /// Keys that later releases have too.
    private static let laterKeys: Set = ["input_dim", "dropout", "input_length"]
}
