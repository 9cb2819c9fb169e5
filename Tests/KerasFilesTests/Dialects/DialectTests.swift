import Testing

@testable import KerasFiles

/// Reads a configuration as the release `version` would have written it.
func read(_ json: String, _ version: String, limits: Limits = Limits()) throws -> (layer: KerasLayer, repairs: [Repair]) {
    var options = ReadingOptions()
    options.limits = limits
    var reader = ConfigurationReader(version: try #require(KerasVersion(version)), options: options)
    let layer = try reader.model(try JSON(parsing: json, limits: limits), memberNames: [])
    return (layer, reader.repairs)
}

/// The configuration of one layer, after translation.
private func config(_ className: String, _ options: String, _ version: String) throws -> JSONObject {
    try read(#"{"class_name": "\#(className)", "config": {"name": "x", \#(options)}}"#, version).layer.config
}

@Suite struct DialectTests {
    @Test func hardSigmoidOfKeras2HasItsOwnName() throws {
        for version in ["2.0.2", "2.3.1", "2.2.4-tf", "2.15.0"] {
            let dense = try config("Dense", #""activation": "hard_sigmoid""#, version)
            #expect(dense["activation"] == "keras2>hard_sigmoid")
            let lstm = try config("LSTM", #""activation": "tanh", "recurrent_activation": "hard_sigmoid""#, version)
            #expect(lstm["recurrent_activation"] == "keras2>hard_sigmoid")
            #expect(lstm["activation"] == "tanh")
        }
        let dense = try config("Dense", #""activation": "hard_sigmoid""#, "3.0.0")
        #expect(dense["activation"] == "hard_sigmoid")
    }

    @Test func hardSigmoidIsFoundInEveryInnerLayer() throws {
        let json = """
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "Bidirectional", "config": {"name": "b", "layer":
                {"class_name": "LSTM", "config": {"name": "l", "recurrent_activation": "hard_sigmoid"}}}},
              {"class_name": "TimeDistributed", "config": {"name": "t", "layer":
                {"class_name": "Activation", "config": {"name": "a", "activation": "hard_sigmoid"}}}},
              {"class_name": "RNN", "config": {"name": "r", "cell":
                {"class_name": "StackedRNNCells", "config": {"name": "s", "cells": [
                  {"class_name": "GRUCell", "config": {"name": "g", "recurrent_activation": "hard_sigmoid"}}]}}}},
              {"class_name": "Dense", "config": {"name": "d", "activation":
                {"class_name": "Activation", "config": {"name": "i", "activation": "hard_sigmoid"}}}}
            ]}}
            """
        let (model, repairs) = try read(json, "2.3.1")
        let places = ["b/forward_l", "b/backward_l", "t/a", "r/s/g"]
        for path in places {
            let layer = try #require(model.descendant(path))
            #expect((layer.config["recurrent_activation"] ?? layer.config["activation"]) == "keras2>hard_sigmoid", "\(path)")
        }
        let activation = model.descendant("d")?.config["activation"]
        #expect(activation?["config"]?["activation"] == "keras2>hard_sigmoid")
        #expect(repairs.count { $0.kind == .meaningKept && $0.old == "hard_sigmoid" } == 5)
        let kept = try #require(repairs.first { $0.layerPath == "m/t/a" })
        #expect(kept == Repair(.meaningKept, layerPath: "m/t/a", key: "activation", old: "hard_sigmoid", new: "keras2>hard_sigmoid"))
    }

    @Test func otherNamesOfFunctions() throws {
        #expect(try config("Dense", #""activation": "swish""#, "2.10.0")["activation"] == "silu")
        #expect(try config("Activation", #""activation": "hard_swish""#, "3.4.1")["activation"] == "hard_silu")
        #expect(try config("Dense", #""activation": "<lambda>""#, "2.10.0")["activation"] == "<lambda>")
        // A function of the user's own stays what it is, whatever it is called.
        let own = #"{"module": "builtins", "class_name": "function", "config": "relu", "registered_name": "function"}"#
        #expect(try config("Dense", #""activation": \#(own)"#, "2.15.0")["activation"] == JSON(parsing: own))
    }

    @Test func keysThatGo() throws {
        let recurrent = try config("LSTM", #""time_major": false, "implementation": 2, "units": 3"#, "2.10.0")
        #expect(recurrent.keys == ["name", "units"])
        #expect(try config("GRU", #""time_major": true"#, "2.10.0")["time_major"] == true)
        #expect(try config("LocallyConnected1D", #""implementation": 2"#, "2.10.0")["implementation"] == 2)
        for name in ["DepthwiseConv2D", "SeparableConv1D", "Conv2DTranspose"] {
            #expect(try config(name, #""groups": 1"#, "2.10.0")["groups"] == nil)
            #expect(try config(name, #""groups": 2"#, "2.10.0")["groups"] == 2)
        }
        #expect(try config("Conv2D", #""groups": 1"#, "2.10.0")["groups"] == 1)
        #expect(try config("SeparableConv2D", #""kernel_initializer": "zeros""#, "2.10.0")["kernel_initializer"] == nil)
        #expect(try config("Dense", #""kernel_initializer": "zeros""#, "2.10.0")["kernel_initializer"] == "zeros")
        #expect(try config("Embedding", #""input_length": 9"#, "2.10.0")["input_length"] == nil)
        #expect(try config("SpatialDropout1D", #""noise_shape": null"#, "2.3.1")["noise_shape"] == nil)
        let heads = try config("MultiHeadAttention", #""query_shape": [null, 2, 3], "key_shape": null, "value_shape": null"#, "2.10.0")
        #expect(heads.keys == ["name"])
        #expect(try config("Attention", #""causal": true"#, "2.3.0")["causal"] == true)
        // Keras 3 does not write them: if they are there, they mean something.
        #expect(try config("GRU", #""time_major": false"#, "3.0.0")["time_major"] == false)
    }

    @Test func keysThatAreRenamed() throws {
        let leaky = try read(#"{"class_name": "LeakyReLU", "config": {"name": "x", "alpha": 0.1}}"#, "2.3.1")
        #expect(leaky.layer.config == ["name": "x", "negative_slope": 0.1])
        #expect(
            leaky.repairs == [Repair(.keyRenamed, layerPath: "x", key: "alpha", old: "alpha", new: "negative_slope")])
        #expect(try config("ELU", #""alpha": 0.1"#, "2.3.1")["alpha"] == 0.1)
        let input = try config("InputLayer", #""batch_input_shape": [null, 3], "dtype": "int32""#, "2.0.2")
        #expect(input == ["name": "x", "batch_shape": [nil, 3], "dtype": "int32"])
        let both = failure { _ = try config("LeakyReLU", #""alpha": 0.1, "negative_slope": 0.2"#, "2.3.1") }
        #expect(both == KerasFileError(.duplicateKey("negative_slope"), path: "x", key: "alpha"))
    }

    @Test func classesThatAreRenamed() throws {
        let pairs = [
            ("ThresholdedReLU", "ReLU"), ("Convolution2D", "Conv2D"), ("AvgPool2D", "AveragePooling2D"), ("Model", "Functional"),
            ("GlobalMaxPool1D", "GlobalMaxPooling1D"), ("BatchNormalizationV1", "BatchNormalization"), ("Deconv2D", "Conv2DTranspose"),
            ("CuDNNLSTM", "CuDNNLSTM"),
        ]
        for (old, new) in pairs {
            let input = #"{"class_name": "InputLayer", "name": "a", "config": {"batch_input_shape": [null, 3], "name": "a"}, "inbound_nodes": []}"#
            let graph = #""layers": [\#(input)], "input_layers": [["a", 0, 0]], "output_layers": [["a", 0, 0]]"#
            let (layer, repairs) = try read(#"{"class_name": "\#(old)", "config": {"name": "x", \#(old == "Model" ? graph : "\"units\": 2")}}"#, "2.2.4")
            #expect(layer.className == new)
            #expect(repairs.contains(Repair(.classRenamed, layerPath: "x", old: .string(old), new: .string(new))) == (old != new))
        }
        #expect(try config("ThresholdedReLU", #""theta": 1.5"#, "2.3.1") == ["name": "x", "threshold": 1.5])
    }

    @Test func whatAMissingKeyMeant() throws {
        #expect(try config("GRU", #""units": 2"#, "2.1.4")["reset_after"] == false)
        #expect(try config("GRU", #""units": 2"#, "3.4.0")["reset_after"] == false)
        #expect(try config("GRU", #""reset_after": true"#, "2.2.4")["reset_after"] == true)
        #expect(try config("LSTM", #""units": 2"#, "2.2.4")["recurrent_activation"] == "keras2>hard_sigmoid")
        #expect(try config("LSTM", #""units": 2"#, "2.3.1")["recurrent_activation"] == nil)
        #expect(try config("ConvLSTM2D", #""filters": 2"#, "2.15.0")["recurrent_activation"] == "keras2>hard_sigmoid")
        for (name, version) in [("Flatten", "2.1.6"), ("MaxPooling1D", "2.0.2"), ("ZeroPadding1D", "2.15.0"), ("Conv2D", "3.15.1")] {
            #expect(try config(name, #""units": 2"#, version)["data_format"] == "channels_last")
            #expect(try config(name, #""data_format": null"#, version)["data_format"] == "channels_last")
            #expect(try config(name, #""data_format": "channels_first""#, version)["data_format"] == "channels_first")
        }
        #expect(try config("Dense", #""units": 2"#, "2.1.6")["data_format"] == nil)
    }

    @Test func valuesThatAreSaidOtherwise() throws {
        #expect(try config("BatchNormalization", #""axis": [3]"#, "2.10.0")["axis"] == 3)
        #expect(try config("BatchNormalization", #""axis": [1, 2]"#, "2.10.0")["axis"] == [1, 2])
        #expect(try config("Normalization", #""axis": [-1]"#, "2.10.0")["axis"] == [-1])
        let policy = #"{"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_float16"}, "registered_name": null}"#
        #expect(try config("Dense", #""dtype": \#(policy)"#, "3.10.0")["dtype"] == "mixed_float16")
        let old = #"{"class_name": "Policy", "config": {"name": "mixed_float16"}}"#
        #expect(try config("Dense", #""dtype": \#(old)"#, "2.4.0")["dtype"] == "mixed_float16")
        let quantized = #"{"class_name": "QuantizedDTypePolicy", "config": {"mode": "int8", "source_name": "float32"}}"#
        #expect(try config("Dense", #""dtype": \#(quantized)"#, "3.10.0")["dtype"]?["class_name"] == "QuantizedDTypePolicy")
        #expect(try config("MaxPooling1D", #""pool_size": 2, "strides": [2]"#, "2.0.2")["pool_size"] == [2])
        #expect(try config("Conv2DTranspose", #""kernel_size": 3"#, "2.0.2")["kernel_size"] == [3, 3])
        // Before Keras 2.0.9 it had no effect.
        for (version, meant) in [("2.0.2", [1, 1]), ("2.0.8", [1, 1]), ("2.0.9", [2, 2]), ("2.2.4-tf", [2, 2])] as [(String, JSON)] {
            #expect(try config("SeparableConv2D", #""dilation_rate": [2, 2]"#, version)["dilation_rate"] == meant)
        }
        #expect(try config("UpSampling2D", #""interpolation": "bilinear""#, "2.3.1")["interpolation"] == "keras2>bilinear")
        #expect(try config("UpSampling2D", #""interpolation": "bilinear""#, "2.2.4-tf")["interpolation"] == "bilinear")
        #expect(try config("UpSampling2D", #""interpolation": "bilinear""#, "3.1.0")["interpolation"] == "bilinear")
    }

    @Test func pythonValues() throws {
        let array = #"{"type": "ndarray", "value": [1.5, 2.5]}"#
        #expect(try config("Rescaling", #""scale": \#(array)"#, "2.10.0")["scale"] == [1.5, 2.5])
        let scalar = #"{"class_name": "__numpy__", "config": {"value": 0.25, "dtype": "float32"}}"#
        #expect(try config("ReLU", #""negative_slope": \#(scalar)"#, "2.15.0")["negative_slope"] == 0.25)
        let tuple = #"{"class_name": "__tuple__", "items": [1, {"class_name": "TensorShape", "items": [null, 2]}]}"#
        #expect(try config("Reshape", #""target_shape": \#(tuple)"#, "2.10.0")["target_shape"] == [1, [nil, 2]])
        let code = #"["4wEAAAABAAAA", {"class_name": "__tuple__", "items": [1]}, null]"#
        let lambda = try read(#"{"class_name": "Lambda", "config": {"name": "x", "function": \#(code)}}"#, "2.10.0")
        #expect(lambda.layer.config["function"] == (try JSON(parsing: code)))
        #expect(lambda.repairs.isEmpty)
    }

    @Test func dtypeWasTheInputsBefore23() throws {
        #expect(try config("Embedding", #""dtype": "int32""#, "2.0.2")["dtype"] == nil)
        #expect(try config("Dense", #""dtype": "float64""#, "2.2.4")["dtype"] == nil)
        #expect(try config("Dense", #""dtype": "float64""#, "2.3.0")["dtype"] == "float64")
        #expect(try config("Dense", #""dtype": "float64""#, "2.2.4-tf")["dtype"] == "float64")
        #expect(try config("Dense", #""dtype": null"#, "2.2.4-tf")["dtype"] == nil)
    }
}
