import KerasFiles
import NNInference
import Testing

@testable import Lowering

/// Refusals that take a whole model: all at once, shapes, weights, masks, layers inside layers.
@Suite struct ModelRefusalTests {
    private func refusals(_ root: KerasLayer) -> [Refusal] {
        do throws(LoweringError) {
            _ = try lower(root: root)
            return []
        } catch {
            return error.refusals
        }
    }

    private func dense(_ name: String = "dense", inputs: Int = 4, units: Int = 3, bias: Bool = true) throws -> KerasLayer {
        try .layer(
            "Dense", name, weights: [("kernel", [inputs, units])] + (bias ? [("bias", [units])] : []), ["units": .integer(Int64(units))])
    }

    private func lstm(_ name: String, place: KerasLayer.Place = .member, features: Int = 3, _ config: JSONObject = [:]) throws -> KerasLayer {
        var config = config
        config["units"] = 2
        return try .layer(
            "LSTM", name, place: place, weights: [("kernel", [features, 8]), ("recurrent_kernel", [2, 8]), ("bias", [8])], config)
    }

    // MARK: All at once

    @Test(arguments: ["keras-3.15.1", "tfkeras-2.15"]) func threeAtOnce(_ writer: String) throws {
        let model = try Fixtures.model("\(writer)/unsupported_three")
        let wobble = try #require(model.root.members.first { $0.name == "wobbling" }?.config["activation"])
        #expect(
            refusals(model.root) == [
                Refusal(path: "sequential/doubled", className: "Lambda", reason: .containsCode),
                Refusal(
                    path: "sequential/wobbling", className: "Dense", key: "activation", value: wobble,
                    reason: .unsupportedValue(allowed: ActivationNames.sorted)),
                Refusal(path: "sequential/swaying", className: "Custom>Sway", reason: .unknownClass),
            ])
    }

    @Test func alsoInsideOtherLayers() throws {
        var inner = KerasLayer.sequential([4], name: "inner", [try .layer("Dropout", "drop", ["chance": 1])])
        inner.place = .wrapped
        var model = KerasLayer.sequential(
            [3, 4],
            [
                try .layer("TimeDistributed", "steps", children: [inner]),
                try .layer(
                    "Bidirectional", "both",
                    children: [try lstm("fore", place: .forward, ["mood": "good"]), try lstm("back", place: .backward, ["go_backwards": true])]),
                try .layer("Dense", "dense", ["units": 0, "dtype": "complex64", "extra": nil]),
            ])
        model.children[0].config["dtype"] = "bool"
        #expect(
            refusals(model) == [
                Refusal(path: "model/input", className: "InputLayer", key: "dtype", value: "bool", reason: .numberType),
                Refusal(path: "model/steps/inner/drop", className: "Dropout", key: "chance", value: 1, reason: .undeclaredKey),
                Refusal(path: "model/both/fore", className: "LSTM", key: "mood", value: "good", reason: .undeclaredKey),
                Refusal(path: "model/dense", className: "Dense", key: "extra", value: .null, reason: .undeclaredKey),
                Refusal(path: "model/dense", className: "Dense", key: "dtype", value: "complex64", reason: .numberType),
                Refusal(
                    path: "model/dense", className: "Dense", key: "units", value: 0, reason: .wrongType(expected: .integer(minimum: 1))),
            ])
    }

    @Test func insideActivationsThatAreLayers() throws {
        let activation: JSON = ["class_name": "LeakyReLU", "config": ["negative_slope": 0.1, "alpha": 0.2]]
        let layer = try KerasLayer.layer("Dense", "dense", ["units": 3, "activation": activation])
        #expect(
            Validation.refusals(of: layer) == [
                Refusal(path: "dense/activation", className: "LeakyReLU", key: "alpha", value: 0.2, reason: .undeclaredKey)
            ])
    }

    // MARK: Models

    @Test func graphs() throws {
        let graph = KerasLayer(
            className: "Functional", name: "graph", path: "graph", place: .root, config: ["name": "graph"],
            children: [try .layer("Unheard", "of")])
        let expected = Refusal(path: "graph", className: "Functional", reason: .functionalGraph)
        #expect(refusals(graph) == [expected])
    }

    @Test func modelsOfOthers() throws {
        let own = KerasLayer(className: "Mine>Net", name: "net", path: "net", place: .root, config: [:])
        #expect(refusals(own) == [Refusal(path: "net", className: "Mine>Net", reason: .unknownClass)])
        #expect(refusals(try dense()) == [Refusal(path: "dense", className: "Dense", reason: .unknownClass)])
    }

    @Test func unknownInputs() throws {
        var model = KerasLayer.sequential([4], [try dense()])
        model.children.removeFirst()
        #expect(refusals(model) == [Refusal(path: "model", className: "Sequential", reason: .unknownInputShape)])
        model.config["build_input_shape"] = [nil, 4]
        #expect(refusals(model) == [])
    }

    // MARK: Weights

    @Test func weights() throws {
        func refusal(_ layer: KerasLayer) -> Refusal.Reason? { refusals(.sequential([4], [layer])).first?.reason }
        #expect(refusal(try dense(bias: false)) == .missingWeight(role: "bias"))
        #expect(refusal(try dense(inputs: 5)) == .weightShape(role: "kernel", expected: [4, 3], found: [5, 3]))
        var surplus = try dense()
        surplus.config["use_bias"] = false
        #expect(refusal(surplus) == .unexpectedWeight(role: "bias"))
        var whole = try dense()
        whole.weights[1].tensor = try Tensor(elementType: .int16, shape: [3], bytes: Array(repeating: 0, count: 6))
        #expect(refusal(whole) == .weightType(role: "bias", found: .int16))
    }

    // MARK: Shapes

    @Test func shapes() throws {
        func refusal(_ input: [Int?], _ layer: KerasLayer) -> Refusal.Reason? { refusals(.sequential(input, [layer])).first?.reason }
        #expect(refusal([4], try .layer("MaxPooling2D", "pool")) == .shape(.rank(expected: 4, found: 2)))
        #expect(refusal([1, 2], try .layer("MaxPooling1D", "pool")) == .shape(.emptyAxis(1)))
        #expect(refusal([4], try .layer("Reshape", "r", ["target_shape": [3, -1]])) == .shape(.dimension(axis: 2, expected: 4, found: 3)))
        #expect(refusal([4, 5], try .layer("RepeatVector", "r", ["n": 2])) == .shape(.rank(expected: 2, found: 3)))
        #expect(refusal([4, 5], try .layer("Softmax", "s", ["axis": 0])) == .shape(.rank(expected: 3, found: 0)))
        #expect(refusal([5], try .layer("Activation", "a", ["activation": "glu"])) == .shape(.dimension(axis: 1, expected: 2, found: 5)))
        #expect(
            refusal([3, 4], try .layer("RMSNormalization", "n", weights: [("scale", [3])], ["axis": 1]))
                == .unsupportedValue(allowed: [-1]))
        #expect(
            refusal([3, 4], try .layer("LayerNormalization", "n", weights: [("gamma", [4, 3]), ("beta", [4, 3])], ["axis": [-1, 1]]))
                == .unsupportedValue(allowed: []))
    }

    @Test func conflicts() throws {
        let strided = try KerasLayer.layer("Conv2D", "c", ["filters": 2, "kernel_size": [2, 2], "strides": [1, 2], "dilation_rate": [2, 1]])
        #expect(
            Validation.refusals(of: strided) == [
                Refusal(path: "c", className: "Conv2D", key: "strides", value: [1, 2], reason: .conflict(withKey: "dilation_rate"))
            ])
    }

    // MARK: Wrappers

    @Test func bidirectionalLayersMustMatch() throws {
        func refusal(_ forward: KerasLayer, _ backward: KerasLayer) throws -> [Refusal] {
            Validation.refusals(of: try .layer("Bidirectional", "b", children: [forward, backward]))
        }
        let conflict = Refusal(path: "b", className: "Bidirectional", key: "backward_layer", reason: .conflict(withKey: "layer"))
        #expect(try refusal(lstm("f", place: .forward), lstm("b", place: .backward)) == [conflict])
        #expect(
            try refusal(
                lstm("f", place: .forward, ["return_sequences": true]), lstm("b", place: .backward, ["go_backwards": true])) == [conflict])
        #expect(
            try refusal(lstm("f", place: .forward, ["stateful": true]), lstm("b", place: .backward, ["go_backwards": true])) == [conflict])
        let other = try KerasLayer.layer("Dropout", "d", place: .forward)
        #expect(
            try refusal(other, lstm("b", place: .backward, ["go_backwards": true])) == [
                Refusal(path: "d", className: "Dropout", reason: .unsupportedInside(wrapper: "Bidirectional"))
            ])
        #expect(
            Validation.refusals(of: try .layer("Bidirectional", "b")) == [
                Refusal(path: "b", className: "Bidirectional", key: "layer", reason: .missingLayer)
            ])
    }

    @Test func stateDoesNotGoFromStepToStep() throws {
        let inner = try lstm("inner", place: .wrapped, ["stateful": true])
        #expect(
            Validation.refusals(of: try .layer("TimeDistributed", "t", children: [inner])) == [
                Refusal(
                    path: "inner", className: "LSTM", key: "stateful", value: true, reason: .unsupportedInside(wrapper: "TimeDistributed"))
            ])
    }

    // MARK: Masks and integers

    @Test(arguments: ["Softmax", "TimeDistributed", "GlobalAveragePooling1D"]) func masksThatKerasFailsWith(_ className: String) throws {
        let config: JSONObject = className == "GlobalAveragePooling1D" ? ["data_format": "channels_first"] : [:]
        let children = className == "TimeDistributed" ? [try KerasLayer.layer("Softmax", "inner", place: .wrapped)] : []
        let layer = try KerasLayer.layer(className, "layer", children: children, config)
        #expect(refusals(.sequential([6, 3], [layer])) == [])
        let found = refusals(.sequential([6, 3], [try .layer("Masking", "masking"), layer]))
        #expect(found.map(\.reason) == [.unsupportedMask])
        // A convolution in between lets no mask through.
        let convolution = try KerasLayer.layer(
            "Conv1D", "conv", weights: [("kernel", [1, 3, 3]), ("bias", [3])], ["filters": 3, "kernel_size": [1]])
        #expect(refusals(.sequential([6, 3], [try .layer("Masking", "masking"), convolution, layer])) == [])
    }

    @Test func masksOfSequencesOfSequences() throws {
        let embedding = try KerasLayer.layer(
            "Embedding", "e", weights: [("embeddings", [9, 3])], ["input_dim": 9, "output_dim": 3, "mask_zero": true])
        let pooled = try KerasLayer.layer("TimeDistributed", "t", children: [try lstm("inner", place: .wrapped)])
        #expect(refusals(.sequential([4, 5], dtype: "int32", [embedding, pooled])).map(\.reason) == [.unsupportedMask])
    }

    @Test func integers() throws {
        func refusal(_ layers: [KerasLayer]) -> Refusal? { refusals(.sequential([4], dtype: "int32", layers)).first }
        #expect(refusal([try dense()]) == nil)
        #expect(refusal([try .layer("Flatten", "f"), try dense()]) == nil)
        #expect(
            refusal([try .layer("Activation", "a", ["activation": "relu"])])
                == Refusal(path: "model/a", className: "Activation", reason: .integerInput))
        var inner = KerasLayer.sequential([4], dtype: "int32", name: "inner", [try dense()])
        inner.place = .member
        #expect(refusals(.sequential([4], [inner])).map(\.reason) == [.integerInput])
    }
}
