import Testing

@testable import KerasFiles

@Suite struct ConfigurationReaderTests {
    private func sequential(_ layers: String, _ version: String, extra: String = "") throws -> KerasLayer {
        try read(#"{"class_name": "Sequential", "config": {"name": "m", "layers": [\#(layers)]\#(extra)}}"#, version).layer
    }

    private func input(_ layers: String, _ version: String, extra: String = "") throws -> KerasLayer {
        try #require(try sequential(layers, version, extra: extra).members.first)
    }

    // MARK: Inputs

    @Test func theFirstLayersShapeBecomesAnInputLayer() throws {
        let (model, repairs) = try read(
            """
            {"class_name": "Sequential", "config": [
              {"class_name": "Embedding", "config": {"name": "e", "batch_input_shape": [null, 8], "dtype": "int32", "input_dim": 3}},
              {"class_name": "Dense", "config": {"name": "d", "units": 2}}]}
            """, "2.0.2")
        #expect(model.path == "sequential")
        #expect(model.members.map(\.className) == ["InputLayer", "Embedding", "Dense"])
        #expect(model.members[0].path == "sequential/e_input")
        #expect(model.members[0].config == ["batch_shape": [nil, 8], "dtype": "int32", "sparse": false, "name": "e_input"])
        #expect(model.members[1].config == ["name": "e", "input_dim": 3])
        #expect(repairs.map(\.kind) == [.layerListWrapped, .valueTranslated, .keyRemoved, .keyRemoved, .inputLayerAdded])
    }

    @Test func anExplicitInputLayerStays() throws {
        let members = try sequential(
            """
            {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 4], "dtype": "float32", "sparse": false, "ragged": false, "name": "i"}},
            {"class_name": "Dense", "config": {"name": "d", "batch_input_shape": [null, 4], "dtype": "float32"}}
            """, "2.10.0"
        ).members
        #expect(members.map(\.name) == ["i", "d"])
        #expect(members[0].config.keys == ["batch_shape", "dtype", "sparse", "ragged", "name"])
        #expect(members[1].config.keys == ["name", "dtype"])
    }

    @Test func theShapeMayStandElsewhere() throws {
        let built = try input(#"{"class_name": "Dense", "config": {"name": "d"}}"#, "2.4.0", extra: #", "build_input_shape": [32, 7]"#)
        #expect(built.config["batch_shape"] == [nil, 7])
        let shape = #"{"class_name": "TensorShape", "items": [null, 7]}"#
        let typed = try input(#"{"class_name": "Dense", "config": {"name": "d", "batch_input_shape": \#(shape)}}"#, "2.4.0")
        #expect(typed.config["batch_shape"] == [nil, 7])
        let nested = try input(
            """
            {"class_name": "Sequential", "config": {"name": "inner", "layers": [
              {"class_name": "Dense", "config": {"name": "d", "batch_input_shape": [null, 5], "dtype": "float64"}}]}}
            """, "2.3.1")
        #expect(nested.name == "inner_input")
        #expect(nested.config["batch_shape"] == [nil, 5])
        #expect(nested.config["dtype"] == "float64")
    }

    @Test func mixedPrecisionTakesSinglePrecisionInput() throws {
        let policy = #"{"class_name": "Policy", "config": {"name": "mixed_float16"}}"#
        let layer = #"{"class_name": "Dense", "config": {"name": "d", "batch_input_shape": [null, 7], "dtype": \#(policy)}}"#
        #expect(try input(layer, "2.3.0-tf").config["dtype"] == "float32")
    }

    @Test func aModelWithoutAnyShapeHasNoInputLayer() throws {
        #expect(try input(#"{"class_name": "Dense", "config": {"name": "d"}}"#, "2.4.0").name == "d")
        #expect(try input(#"{"class_name": "Dense", "config": {"name": "d", "batch_input_shape": 4}}"#, "2.4.0").name == "d")
    }

    // MARK: Names

    @Test func namesThatAreNotWritten() throws {
        let json = """
            {"class_name": "Sequential", "config": [
              {"class_name": "Sequential", "config": [{"class_name": "Sequential", "config": []}, {"class_name": "Sequential", "config": []}]},
              {"class_name": "Dense", "config": {"name": "dense_1"}},
              {"class_name": "Sequential", "config": []}]}
            """
        var reader = ConfigurationReader(version: try #require(KerasVersion("2.1.6")), options: ReadingOptions())
        let model = try reader.model(try JSON(parsing: json), memberNames: ["encoder", "dense_1", "decoder"])
        #expect(model.all.map(\.path) == [
            "sequential", "sequential/encoder", "sequential/encoder/sequential", "sequential/encoder/sequential_1",
            "sequential/dense_1", "sequential/decoder",
        ])
    }

    @Test func aNameStandsForOneLayer() throws {
        let dense = #"{"class_name": "Dense", "config": {"name": "d"}}"#
        #expect(failure { _ = try sequential("\(dense), \(dense)", "2.3.1") } == KerasFileError(.duplicateName("d"), path: "m"))
    }

    // MARK: Classes of the user's own

    @Test func aClassOfTheUsersOwnIsKeptAsItIs() throws {
        let (layer, repairs) = try read(
            #"{"module": "my.layers", "class_name": "Attend", "config": {"name": "a", "alpha": 1, "layer": {"class_name": "Dense", "config": {}}}, "registered_name": "my>Attend"}"#,
            "3.4.1")
        #expect(layer.className == "Attend" && layer.module == "my.layers" && layer.registeredName == "my>Attend")
        #expect(layer.config.keys == ["name", "alpha", "layer"])
        #expect(layer.children.isEmpty && repairs.isEmpty)
    }

    @Test func aClassOfTheUsersOwnIsNotTakenForKerass() throws {
        func name(_ rest: String) throws -> String {
            try read(#"{"class_name": "Dense", "config": {"name": "a", "activation": "hard_sigmoid"}\#(rest)}"#, "2.15.0").layer.className
        }
        #expect(try name(#", "module": "my", "registered_name": "my>Dense""#) == "my>Dense")
        #expect(try name(#", "module": "my", "registered_name": null"#) == "my>Dense")
        #expect(try name(#", "module": "kerastuner", "registered_name": "Dense""#) == "kerastuner>Dense")
        for module in ["keras", "keras.layers", "keras.src.layers.core.dense", "tf_keras.layers", "tensorflow.python.keras.layers"] {
            #expect(try name(#", "module": "\#(module)", "registered_name": "Dense""#) == "Dense")
        }
        let own = try read(#"{"class_name": "Dense", "module": "my", "config": {"name": "a", "activation": "hard_sigmoid"}}"#, "2.15.0")
        #expect(own.layer.config["activation"] == "hard_sigmoid")
    }

    @Test func aModelOfTheUsersOwnClassShowsItsLayers() throws {
        let model = try read(
            """
            {"class_name": "MyModel", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "i", "config": {"batch_input_shape": [null, 2], "name": "i"}, "inbound_nodes": []},
              {"class_name": "Dense", "name": "d", "config": {"name": "d"}, "inbound_nodes": [[["i", 0, 0, {}]]]}],
              "input_layers": [["i", 0, 0]], "output_layers": [["d", 0, 0]]}}
            """, "2.10.0"
        ).layer
        #expect(model.className == "MyModel")
        #expect(model.members.map(\.path) == ["m/i", "m/d"])
        let input = KerasGraph.Argument.tensor(KerasGraph.Tensor(member: 0))
        let output = KerasGraph.Argument.tensor(KerasGraph.Tensor(member: 1))
        #expect(model.graph == KerasGraph(calls: [[], [KerasGraph.Call([input])]], inputs: input, outputs: output))
        #expect(model.config.keys == ["name"])
    }

    // MARK: Activations

    @Test func anActivationWithWeightsIsAChild() throws {
        let json = #"{"class_name": "Dense", "config": {"name": "d", "activation": {"class_name": "PReLU", "config": {"name": "p"}}}}"#
        let dense = try read(json, "2.10.0").layer
        #expect(dense.children.map(\.path) == ["d/p"])
        #expect(dense.child(.activation)?.className == "PReLU")
        #expect(dense.config["activation"]?["class_name"] == "PReLU")
        let plain = json.replacing("PReLU", with: "LeakyReLU").replacing(#""name": "p""#, with: #""name": "p", "alpha": 0.5"#)
        let leaky = try read(plain, "2.10.0").layer
        #expect(leaky.children.isEmpty)
        #expect(leaky.config["activation"]?["config"] == ["name": "p", "negative_slope": 0.5])
    }

    // MARK: What is wrong

    @Test func structuralErrors() throws {
        func error(_ json: String) -> KerasFileError? { failure { _ = try read(json, "2.3.1") } }
        #expect(error("[]") == KerasFileError(.wrongType(expected: .object, found: .array)))
        #expect(error("{}") == KerasFileError(.missingKey, key: "class_name"))
        #expect(error(#"{"class_name": 3}"#) == KerasFileError(.wrongType(expected: .string, found: .integer), key: "class_name"))
        #expect(error(#"{"class_name": "Dense"}"#) == KerasFileError(.missingKey, key: "config"))
        #expect(
            error(#"{"class_name": "Dense", "config": []}"#) == KerasFileError(.wrongType(expected: .object, found: .array), key: "config"))
        #expect(error(#"{"class_name": "Sequential", "config": {"name": "m"}}"#) == KerasFileError(.missingKey, path: "m", key: "layers"))
        #expect(
            error(#"{"class_name": "Sequential", "config": {"name": "m", "layers": {}}}"#)
                == KerasFileError(.wrongType(expected: .array, found: .object), path: "m", key: "layers"))
        #expect(
            error(#"{"class_name": "Sequential", "config": {"name": "m", "layers": [7]}}"#)
                == KerasFileError(.wrongType(expected: .object, found: .integer), path: "m"))
        #expect(
            error(#"{"class_name": "TimeDistributed", "config": {"name": "t", "layer": null}}"#)
                == KerasFileError(.missingKey, path: "t", key: "layer"))
    }

    @Test func layersInsideOneAnotherAreBounded() throws {
        func nested(_ depth: Int) -> String {
            var json = #"{"class_name": "Flatten", "config": {"name": "f"}}"#
            for _ in 0..<depth { json = #"{"class_name": "TimeDistributed", "config": {"name": "t", "layer": \#(json)}}"# }
            return json
        }
        let limit = Limits().layerDepth
        #expect(try read(nested(limit), "2.3.1").layer.all.count == limit + 1)
        let error = failure { _ = try read(nested(limit + 1), "2.3.1") }
        #expect(error?.kind == .limitExceeded(.layerDepth, found: UInt64(limit + 1), limit: UInt64(limit)))

        var activation = #""relu""#
        for _ in 0...limit { activation = #"{"class_name": "Activation", "config": {"name": "a", "activation": \#(activation)}}"# }
        let deep = failure { _ = try read(#"{"class_name": "Dense", "config": {"name": "d", "activation": \#(activation)}}"#, "2.3.1") }
        #expect(deep?.kind == .limitExceeded(.layerDepth, found: UInt64(limit + 1), limit: UInt64(limit)))
    }
}
