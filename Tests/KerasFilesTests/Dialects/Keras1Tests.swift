import Testing

@testable import KerasFiles

/// What Keras 1 wrote, in Keras 3 form.
@Suite struct Keras1Tests {
    private func translated(_ className: String, _ config: JSONObject, dataFormat: String? = nil) throws -> LayerTranslation {
        var translation = LayerTranslation(
            config, className: className, isOwn: true, path: "m/x", version: try #require(KerasVersion("1.2.2")), defaultDataFormat: dataFormat)
        try translation.run()
        return translation
    }

    @Test func keys() throws {
        let dense = try translated(
            "Dense",
            [
                "name": "x", "output_dim": 3, "init": "uniform", "bias": true, "input_dim": 4, "input_dtype": "float32",
                "W_regularizer": ["name": "L1L2Regularizer", "l1": 0.0, "l2": 0.01], "b_constraint": ["name": "MaxNorm", "m": 2, "axis": 0],
                "W_constraint": nil, "activity_regularizer": ["name": "Mine"],
            ])
        #expect(
            dense.config == [
                "name": "x", "units": 3, "kernel_initializer": "random_uniform", "use_bias": true,
                "kernel_regularizer": ["class_name": "L1L2", "config": ["l1": 0.0, "l2": 0.01]],
                "bias_constraint": ["class_name": "MaxNorm", "config": ["max_value": 2, "axis": 0]], "kernel_constraint": nil,
            ])
        #expect(Set(dense.repairs.map(\.kind)) == [.keyRenamed, .keyRemoved, .valueTranslated])

        let convolution = try translated(
            "Conv2D",
            [
                "nb_filter": 4, "nb_row": 3, "nb_col": 2, "subsample": [1, 2], "border_mode": "same", "dim_ordering": "th", "bias": false,
                "atrous_rate": [2, 2],
            ])
        #expect(
            convolution.config == [
                "filters": 4, "strides": [1, 2], "padding": "same", "data_format": "channels_first", "use_bias": false,
                "dilation_rate": [2, 2], "kernel_size": [3, 2],
            ])
        #expect(
            try translated("Conv1D", ["filter_length": 3, "subsample_length": 2]).config
                == ["kernel_size": [3], "strides": [2], "data_format": "channels_last"])
        #expect(
            try translated("MaxPooling1D", ["pool_length": 2, "stride": 1, "border_mode": "valid"]).config
                == ["pool_size": [2], "strides": [1], "padding": "valid", "data_format": "channels_last"])
        #expect(
            try translated("LSTM", ["output_dim": 2, "inner_activation": "hard_sigmoid", "inner_init": "orthogonal", "consume_less": "gpu"]).config
                == ["units": 2, "recurrent_activation": "keras2>hard_sigmoid", "recurrent_initializer": "orthogonal"])
    }

    @Test func aKeyThatIsThereByTwoNames() throws {
        #expect(throws: KerasFileError(.duplicateKey("units"), path: "m/x", key: "output_dim")) { try translated("Dense", ["output_dim": 3, "units": 3]) }
        #expect(throws: KerasFileError(.duplicateKey("kernel_size"), path: "m/x", key: "nb_row")) {
            try translated("Conv2D", ["nb_row": 3, "nb_col": 3, "kernel_size": [3, 3]])
        }
    }

    /// What means something else stays, and is refused by its name.
    @Test func whatKeras3HasNothingFor() throws {
        #expect(try translated("BatchNormalization", ["mode": 0]).config == [:])
        #expect(try translated("BatchNormalization", ["mode": 2]).config == ["mode": 2])
        #expect(Keras1Keys.isLeft("mode", of: "BatchNormalization"))
        #expect(try translated("Conv2DTranspose", ["subsample": [1, 1], "output_shape": [nil, 4, 4, 2]]).config["output_shape"] == nil)
        #expect(try translated("Conv2DTranspose", ["subsample": [2, 2], "output_shape": [nil, 4, 4, 2]]).config["output_shape"] != nil)
        #expect(Keras1Keys.isLeft("output_shape", of: "Conv2DTranspose"))
        #expect(!Keras1Keys.isLeft("units", of: "Dense") && !Keras1Keys.isLeft("output_dim", of: "Embedding"))
        #expect(!Keras1Keys.isLeft("input_dim", of: "StringLookup") && !Keras1Keys.isLeft("dropout", of: "LSTM"))
    }

    @Test(arguments: [
        ("ZeroPadding1D", 2, [2, 2]), ("ZeroPadding1D", [1, 2], [1, 2]), ("ZeroPadding1D", ["left_pad": 3], [3, 0]),
        ("ZeroPadding2D", [1, 2], [[1, 1], [2, 2]]), ("ZeroPadding2D", [1, 2, 3, 4], [[1, 2], [3, 4]]),
        ("ZeroPadding2D", ["bottom_pad": 1, "left_pad": 2], [[0, 1], [2, 0]]), ("ZeroPadding3D", [1, 2, 3], [[1, 1], [2, 2], [3, 3]]),
    ] as [(String, JSON, JSON)])
    func paddings(_ className: String, _ written: JSON, _ expected: JSON) throws {
        #expect(try translated(className, ["padding": written]).config["padding"] == expected)
    }

    /// Layers that do not tell the order of their axes have that of all others.
    @Test func untoldOrders() throws {
        #expect(try translated("ZeroPadding2D", ["padding": [1, 1]], dataFormat: "channels_first").config["data_format"] == "channels_first")
        #expect(try translated("UpSampling2D", ["size": [2, 2]]).config["data_format"] == .string(Keras1Values.untoldDataFormat))
        let th: JSON = [["config": ["dim_ordering": "th"]], ["config": ["layer": ["dim_ordering": "th"]]]]
        #expect(ConfigurationReader.commonDataFormat(in: th) == "channels_first")
        #expect(ConfigurationReader.commonDataFormat(in: ["a": th, "dim_ordering": "tf"]) == nil)
        #expect(ConfigurationReader.commonDataFormat(in: []) == nil)
    }

    @Test func merges() {
        #expect(ClassNames.canonical("Merge", config: ["mode": "sum", "mode_type": "raw"]) == "Add")
        #expect(ClassNames.canonical("Merge", config: ["mode": "concat"]) == "Concatenate")
        for config: JSON in [["mode": "cos"], ["mode": "sum", "mode_type": "lambda"], ["mode": "sum", "layers": []], [:]] {
            #expect(ClassNames.canonical("Merge", config: config) == "Merge")
        }
    }
}
