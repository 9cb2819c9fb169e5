import KerasFiles
import Testing

/// What must be true of every model that a Keras release wrote.
@Suite struct FixtureModelTests {
    @Test func thereAreModelsFromEveryWriter() {
        let writers = Set(FixtureModels.paths.compactMap { $0.split(separator: "/").first.map(String.init) })
        #expect(
            writers.isSuperset(of: [
                "keras-1.0.8", "keras-1.2.2", "keras-2.0.2", "keras-2.1.6", "keras-2.2.4", "keras-2.3.1", "tfkeras-2.4", "tfkeras-2.10", "tfkeras-2.15",
                "keras-3.0.5", "keras-3.4.1", "keras-3.10.0", "keras-3.15.1",
            ]))
        #expect(FixtureModels.paths.count > 400)
    }

    @Test(arguments: FixtureModels.paths)
    func everyWeightIsAtOneLayerInOneRole(_ path: String) throws {
        let model = try FixtureModels.open(path)
        var places: Set<WeightPlace> = []
        for layer in model.root.all {
            #expect(Set(layer.weights.map(\.role)).count == layer.weights.count, "\(layer.path)")
            for weight in layer.weights {
                // Keras 1 has weights in other forms.
                guard let place = weight.place else {
                    #expect(model.version.major == 1)
                    continue
                }
                #expect(places.insert(place).inserted, "\(layer.path) \(weight.role)")
                let stored = model[place]
                #expect(stored.tensor.offset == weight.tensor.offset)
                #expect(Int(weight.role) == nil, "no role known for \(stored.name)")
                if let name = StoredName(stored.name, version: model.version) { name.check(weight, of: layer) }
            }
        }
        let isChanged = model.root.all.contains { $0.weights.contains { $0.place == nil } }
        #expect(isChanged || places.count == model.weightGroups.reduce(0) { $0 + $1.weights.count })
    }

    // (Two numbers of four bits are one element.)
    @Test(arguments: FixtureModels.paths.filter { !$0.contains("/quantized_int4") })
    func shapesAreThoseOfTheConfiguration(_ path: String) throws {
        let model = try FixtureModels.open(path)
        for layer in model.root.all {
            for (role, shape) in ExpectedShapes.of(layer) {
                let found = try #require(layer.weight(role), "\(layer.path) \(role)").shape
                #expect(found.count == shape.count && zip(found, shape).allSatisfy { $1 == nil || $0 == $1 }, "\(layer.path) \(role) \(found)")
            }
        }
    }

    @Test(arguments: FixtureModels.paths)
    func namesArePathsAndInputsAreExplicit(_ path: String) throws {
        let model = try FixtureModels.open(path)
        for layer in model.root.all {
            #expect(layer.path.hasSuffix(layer.name))
            #expect(layer.config["name"] == .string(layer.name))
            for key in ["layers", "layer", "backward_layer", "cell", "cells", "batch_input_shape"] {
                #expect(!layer.config.contains(key: key), "\(layer.path) \(key)")
            }
            if layer.className == "Sequential", let first = layer.members.first {
                let shape = first.config["batch_shape"]?.arrayValue
                #expect(first.className == "InputLayer" && shape != nil, "\(layer.path)")
                #expect(layer.members.dropFirst().allSatisfy { $0.className != "InputLayer" })
            }
        }
        #expect(model.root.place == .root && !model.root.path.contains("/"))
    }

    @Test(arguments: FixtureModels.wholeHDF5)
    func theFileIsKeptAsItIs(_ path: String) throws {
        let model = try FixtureModels.open(path)
        let root = try HDF5File(path: Fixtures.root + "/" + path).root
        #expect(model.format == .legacyHDF5)
        #expect(model.configuration == (try JSON(parsing: try root.attributes.string("model_config"))))
        #expect(model.version.text == (try root.attributes.string("keras_version")))
        // Keras 1 does not say it.
        if model.version.major > 1 {
            #expect(model.backend == (try root.attributes.string("backend")))
        } else {
            #expect(model.backend == nil)
        }
        let weights = try root.group("model_weights")
        #expect(model.weightGroups.map(\.name) == (try weights.stringList("layer_names")))
        for group in model.weightGroups {
            #expect(group.weights.map(\.name) == (try weights.group(group.name).stringList("weight_names")))
        }
        #expect((model.trainingConfiguration != nil) == (root.attributes["training_config"] != nil))
        #expect((model.optimizerWeights != nil) == (root.object("optimizer_weights") != nil))
        #expect((model.topLevelWeights != nil) == (weights.object("top_level_model_weights") != nil))
    }

    /// After translation a layer has no key but those that Keras 3.15 writes for its class. Lowering refuses every other key.
    @Test func translatedKeysAreThoseOfKeras3() throws {
        var known: [String: Set<String>] = [:]
        for path in FixtureModels.paths where path.hasPrefix("keras-3.15.1/") {
            for layer in try FixtureModels.open(path).root.all { known[layer.className, default: []].formUnion(layer.config.keys) }
        }
        for path in FixtureModels.paths where !path.hasPrefix("keras-3.15.1/") {
            for layer in try FixtureModels.open(path).root.all {
                // A layer that Keras 3 no longer has cannot be among its files; a Lambda is nobody's business.
                guard let keys = known[layer.className], layer.className != "Lambda" else { continue }
                let unknown = layer.config.keys.filter { !keys.contains($0) && !Self.isPastKey($0, layer) }
                #expect(unknown.isEmpty, "\(path) \(layer.path) \(unknown)")
            }
        }
    }

    /// Recorded by earlier releases, without effect, and kept for the way back.
    private static func isPastKey(_ key: String, _ layer: KerasLayer) -> Bool {
        key == "activity_regularizer" || layer.className == "InputLayer" && key == "ragged"
    }
}

/// What the path under which a weight is stored says about it, in releases whose paths say something.
private struct StoredName {
    let components: [Substring]

    init?(_ name: String, version: KerasVersion) {
        components = name.split(separator: "/")
        // A number in a Keras 3 file: it says nothing.
        // 2.0.2 numbers equal names; 3.0 to 3.2 write the last component only.
        let isTelling = version.major == 2 ? version.minor > 0 : version.minor > 2
        guard isTelling, components.count > 1 else { return nil }
    }

    func check(_ weight: LayerWeight, of layer: KerasLayer) {
        let last = components.last?.split(separator: ":").first
        // Keras 2 has another name for the kernel of a depthwise convolution.
        let role = last == "depthwise_kernel" && layer.className.hasPrefix("Depthwise") ? "kernel" : last.map(String.init)
        // The four projections of attention have a kernel each.
        let isPart = layer.className == "MultiHeadAttention" && role.map { weight.role.hasSuffix("_" + $0) } == true
        #expect(role == weight.role || isPart, "\(layer.path)")
        // TimeDistributed of Keras 2 keeps its layer's name to itself.
        guard layer.place != .wrapped else { return }
        // A backward layer that was given keeps, in the names of its weights, the name that it was given with.
        let bare = layer.name.hasPrefix("backward_") ? layer.name.dropFirst("backward_".count) : layer.name[...]
        #expect(components.dropLast().contains { $0 == layer.name || $0 == bare }, "\(layer.path) has \(components)")
    }
}

/// The shapes that a layer's options give its weights; nil for an extent that its input gives.
private enum ExpectedShapes {
    static func of(_ layer: KerasLayer) -> [(String, [Int?])] {
        func number(_ key: String) -> Int? { layer.config[key]?.intValue }
        let hasBias = layer.config["use_bias"]?.boolValue ?? true
        func biased(_ weights: [(String, [Int?])], _ shape: [Int?]) -> [(String, [Int?])] {
            weights + (hasBias ? [("bias", shape)] : [])
        }
        switch layer.className {
        case "Dense":
            return biased([("kernel", [nil, number("units")])], [number("units")])
        case "Conv1D", "Conv2D", "Conv3D":
            let window = layer.config["kernel_size"]?.arrayValue?.map(\.intValue) ?? []
            return biased([("kernel", window + [nil, number("filters")])], [number("filters")])
        case "Embedding":
            return [("embeddings", [number("input_dim"), number("output_dim")])]
        case "SimpleRNN", "LSTM", "GRU":
            guard let units = number("units") else { return [] }
            let gates = ["SimpleRNN": 1, "LSTM": 4, "GRU": 3][layer.className]! * units
            let isSplit = layer.className == "GRU" && layer.config["reset_after"]?.boolValue == true
            return biased(
                [("kernel", [nil, gates]), ("recurrent_kernel", [units, gates])], isSplit ? [2, gates] : [gates])
        case "BatchNormalization":
            let roles = layer.weights.map(\.role)
            let size = layer.weight("moving_mean")?.shape.first
            #expect(roles.contains("gamma") == (layer.config["scale"]?.boolValue ?? true))
            #expect(roles.contains("beta") == (layer.config["center"]?.boolValue ?? true))
            #expect(roles.suffix(2) == ["moving_mean", "moving_variance"])
            return roles.map { ($0, [size]) }
        case "Normalization":
            return layer.weights.isEmpty ? [] : [("count", [])]
        default:
            return []
        }
    }
}
