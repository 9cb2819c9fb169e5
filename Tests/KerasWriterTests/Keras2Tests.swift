import KerasFiles
import KerasWriter
import Testing

/// What is written for Keras 2 says only what Keras 2 knows.
@Suite struct Keras2Tests {
    struct Row: Sendable {
        let model: String
        let className: String
        let key: String
        let value: JSON
        let reason: Unexpressible.Reason
    }

    /// One thing for each reason to refuse, at a layer of a real model.
    @Test(arguments: [
        Row(model: "keras-3.15.1/mlp_4_8_3", className: "Dense", key: "activation", value: "sparsemax", reason: .noSuchValue),
        Row(model: "keras-3.15.1/mlp_4_8_3", className: "Dense", key: "added_in_some_later_release", value: 1, reason: .noSuchKey),
        Row(model: "keras-3.15.1/cnn_2d", className: "Conv2D", key: "lora_rank", value: 4, reason: .noSuchKey),
        Row(model: "keras-3.15.1/batchnorm", className: "BatchNormalization", key: "renorm", value: true, reason: .noSuchKey),
        Row(model: "keras-3.15.1/layer_normalization", className: "LayerNormalization", key: "rms_scaling", value: true, reason: .noSuchKey),
        Row(model: "keras-3.15.1/mlp_4_8_3", className: "InputLayer", key: "optional", value: true, reason: .noSuchKey),
        Row(model: "keras-2.3.1/up_sampling2d_bilinear", className: "UpSampling2D", key: "interpolation", value: "keras2>bilinear", reason: .noSuchValue),
    ])
    func isRefusedByLayerKeyAndValue(_ row: Row) throws {
        var model = try Fixtures.open(row.model + ".h5")
        let index = try #require(model.root.children.firstIndex { $0.className == row.className })
        model.root.children[index].config[row.key] = row.value
        let refused = try refusals(of: model, as: .legacyHDF5)
        #expect(refused.map(\.layerPath) == [model.root.children[index].path])
        #expect(refused.map(\.key) == [row.key])
        #expect(refused.map(\.value) == [row.value])
        #expect(refused.map(\.reason) == [row.reason])
    }

    /// TensorFlow's fused kernel would take a larger epsilon.
    @Test(arguments: [(1e-6, true), (1.001e-5, false), (1e-3, false)])
    func smallEpsilons(_ epsilon: Double, _ isTooSmall: Bool) throws {
        var model = try Fixtures.open("keras-3.15.1/batchnorm.h5")
        let index = try #require(model.root.children.firstIndex { $0.className == "BatchNormalization" })
        model.root.children[index].config["epsilon"] = .float(epsilon)
        let folder = try TemporaryFolder()
        let written = try KerasModel.open(path: try folder.write(model, as: .legacyHDF5, dialect: .keras2, named: "m.h5"))
        #expect(written.root.children[index].config["fused"] == (isTooSmall ? JSON.bool(false) : nil as JSON?))
        #expect(written.root.children[index].config["epsilon"] == .float(epsilon))
    }

    /// A function of the author's stays what it was; its code is carried, not run.
    @Test func lambdas() throws {
        let folder = try TemporaryFolder()
        let (new, old) = (try Fixtures.open("keras-3.15.1/unsupported_three.h5"), try Fixtures.open("tfkeras-2.15/unsupported_three.h5"))
        func lambda(_ model: KerasModel) throws -> KerasLayer { try #require(model.root.children.first { $0.className == "Lambda" }) }
        let code = try #require(try lambda(new).config["function"]?["config"]?["code"])
        #expect(try lambda(old).config["function"]?["config"]?["code"] == code)
        #expect(try lambda(old).config["function_type"] == nil)

        let down = try folder.write(new, as: .legacyHDF5, dialect: .keras2, named: "down.h5")
        let written = try #require(try KerasModel.open(path: down).configuration["config"]?["layers"]?.arrayValue)
        let config = try #require(written.first { $0["class_name"] == "Lambda" }?["config"])
        #expect(config["function"]?.arrayValue?.first == code && config["function_type"] == "lambda" && config["output_shape_type"] == "raw")
        #expect(written.contains { $0["config"]?["activation"] == "wobble" })
        let up = try KerasModel.open(path: try folder.write(old, as: .archive, dialect: .keras3, named: "up.keras"))
        #expect(try lambda(up).config["function"]?["config"]?["code"] == code)
    }

    @Test func classesThatItDoesNotHaveAreRefusedTogether() throws {
        var model = try Fixtures.open("keras-3.15.1/mlp_4_8_3.h5")
        var paths: [String] = []
        for index in model.root.children.indices where model.root.children[index].className == "Dense" {
            model.root.children[index].className = "ReversibleEmbedding"
            paths.append(model.root.children[index].path)
        }
        let refused = try refusals(of: model, as: .archive)
        #expect(refused.map(\.layerPath) == paths)
        #expect(refused.allSatisfy { $0.reason == .noSuchClass && $0.key == nil })
    }

    private func refusals(of model: KerasModel, as format: KerasFormat) throws -> [Unexpressible] {
        do throws(KerasWriterError) {
            _ = try KerasWriter(model, as: format, dialect: .keras2)
            return []
        } catch {
            guard case .cannotBeExpressed(let refused) = error else { throw error }
            return refused
        }
    }

    @Test(arguments: [
        ("keras-2.0.2/lstm_text.h5", KerasFormat.legacyHDF5), ("keras-3.15.1/nested.h5", .legacyHDF5), ("keras-3.15.1/bidirectional.h5", .archive),
        ("tfkeras-2.15/time_distributed.h5", .legacyWeights),
    ])
    func theSameBytesEveryTime(_ path: String, _ format: KerasFormat) throws {
        let folder = try TemporaryFolder()
        let first = try folder.write(try Fixtures.open(path), as: format, dialect: .keras2, named: "1")
        let second = try folder.write(try Fixtures.open(path), as: format, dialect: .keras2, named: "2")
        #expect(try bytes(first) == bytes(second))
    }

    /// Trainable weights first, names with `:0`, lists of fixed length: what every tf.keras reads.
    @Test func weightsAreListedAsKeras2ListsThem() throws {
        let folder = try TemporaryFolder()
        let file = try HDF5File(
            path: try folder.write(try Fixtures.open("keras-3.15.1/nested.h5"), as: .legacyHDF5, dialect: .keras2, named: "nested.h5"))
        let weights = try file.root.group("model_weights")
        var listed: [String] = []
        for layer in try weights.stringList("layer_names") {
            let group = try weights.group(layer)
            let names = try group.stringList("weight_names")
            for name in names { _ = try group.dataset(name).tensor }
            listed += names
        }
        #expect(Set(listed).count == listed.count)
        #expect(listed.allSatisfy { $0.hasSuffix(":0") })
        let nested = try KerasModel.open(path: folder.path + "/nested.h5")
        for group in nested.weightGroups {
            let kinds = group.weights.map { $0.name.contains("moving_") }
            #expect(kinds == kinds.filter { !$0 } + kinds.filter { $0 })
        }
    }

    @Test func layersGetNamesThatMakeAScope() throws {
        var model = try Fixtures.open("keras-3.15.1/mlp_4_8_3.h5")
        let dense = model.root.children.indices.filter { model.root.children[$0].className == "Dense" }
        for (index, name) in zip(dense, ["größe 1", "größe_1"]) {
            model.root.children[index].name = name
            model.root.children[index].config["name"] = .string(name)
        }
        let writer = try KerasWriter(model, as: .legacyHDF5, dialect: .keras2)
        let renamed = writer.report.repairs.filter { $0.kind == .layerRenamed }.map { $0.new?.stringValue }
        #expect(renamed == ["gr__e_1", "gr__e_1_1"])
    }
}
