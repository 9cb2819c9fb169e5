import CompactFile
import KerasFiles
import KerasWriter
import Lowering
import NNConvert
import TensorFiles
import Testing

/// Files of Keras 1 do not say with what it computed, and Theano turns kernels around: convolutions by both, told and not.
@Suite struct BackendTests {
    /// `backend/writer/name`.
    static let models: [String] = {
        let folder = Fixtures.root + "/backends"
        return Fixtures.names(in: folder).flatMap { backend in
            Fixtures.names(in: "\(folder)/\(backend)").flatMap { writer in
                Fixtures.names(in: "\(folder)/\(backend)/\(writer)").filter { $0.hasSuffix(".h5") }.map { "\(backend)/\(writer)/\($0.dropLast(3))" }
            }
        }
    }()

    private static func path(_ name: String) -> String { "\(Fixtures.root)/backends/\(name).h5" }

    private static func options(_ name: String) -> ReadingOptions {
        var options = ReadingOptions()
        options.backend = name.split(separator: "/").first.map(String.init)
        return options
    }

    private func expectAnswer(_ file: ModelFile, _ name: String) throws {
        // Real Keras answers for what is not run.
        guard !name.hasSuffix("/conv_lstm2d") || LayerTable["ConvLSTM2D"] != nil else { return }
        let recorded = try TensorFile(reading: try ByteSource(path: "\(Fixtures.root)/backends/\(name).npz")).tensors
        let input = try #require(recorded.first { $0.name == "input_0" }).value
        let expected = try #require(recorded.first { $0.name == "output_0" }).value
        expectClose(try file.runnable().predict([PredictionInput(input)])[0].value, expected, name)
    }

    @Test func thereAreModelsOfBoth() {
        #expect(Self.models.count { $0.hasPrefix("theano/keras-1.0.8/") } >= 5)
        #expect(Self.models.count { $0.hasPrefix("theano/keras-1.2.2/") } >= 6)
        #expect(Self.models.count { $0.hasPrefix("tensorflow/keras-1.2.2/") } >= 7)
    }

    @Test(arguments: models) func answersAreThoseOfKeras(_ name: String) throws {
        try expectAnswer(try ModelFile.open(path: Self.path(name), options: Self.options(name)), name)
    }

    /// The backend goes along in a `.nnc`; what Keras wrote comes back as it was.
    @Test(arguments: models) func theSameFileComesBack(_ name: String) throws {
        let folder = try TemporaryFolder()
        let model = try KerasModel.open(path: Self.path(name), options: Self.options(name))
        let compact = folder.path + "/m.nnc"
        try Conversion(model, to: .compact()).write(to: compact)
        let file = try ModelFile.open(path: compact)
        try expectAnswer(file, name)
        let kept = try #require(try file.kerasModel())
        #expect(kept.backend == model.backend)
        let (direct, back) = (folder.path + "/direct.h5", folder.path + "/back.h5")
        try Conversion(model, to: .keras(.legacyHDF5)).write(to: direct)
        try Conversion(kept, to: .keras(.legacyHDF5)).write(to: back)
        #expect(try bytes(back) == bytes(direct))
        for (a, b) in zip(kept.weightGroups.flatMap(\.weights), try KerasModel.open(path: back).weightGroups.flatMap(\.weights)) {
            #expect(a.name == b.name && a.tensor.shape == b.tensor.shape)
            #expect(try a.tensor.bytes() == b.tensor.bytes())
        }
        #expect(run("h5diff '\(Self.path(name))' '\(back)'").output == "")
    }

    @Test(arguments: models) func todaysKerasGetsTheSameModel(_ name: String) throws {
        let model = try KerasModel.open(path: Self.path(name), options: Self.options(name))
        let folder = try TemporaryFolder()
        let path = try folder.write(try KerasWriter(model, as: .archive, dialect: .keras3), named: "model.keras")
        try expectAnswer(try ModelFile.open(path: path), name)
    }

    @Test(.enabled(if: KerasClient.python != nil, KerasClient.missing)) func todaysKerasAnswersTheSame() throws {
        let folder = try TemporaryFolder()
        for client in [KerasClient.keras, .kerasOnJAX] {
            var tasks: [KerasClient.Task] = []
            for name in Self.models {
                let model = try KerasModel.open(path: Self.path(name), options: Self.options(name))
                guard (client == .kerasOnJAX) == model.hasChannelsFirst else { continue }
                let path = try folder.write(try KerasWriter(model, as: .archive, dialect: .keras3), named: name.replacingSlashes + ".keras")
                tasks.append(KerasClient.Task(name: name, model: path, record: "\(Fixtures.root)/backends/\(name).npz"))
            }
            #expect(!tasks.isEmpty)
            #expect(try client.problems(tasks, in: folder) == [])
        }
    }

    /// Not told, it is read and given back, and neither run nor written for another Keras.
    @Test(arguments: models) func untoldItIsRefused(_ name: String) throws {
        let model = try KerasModel.open(path: Self.path(name))
        var layers: [String] = []
        model.root.forEach { if $0.className.contains("Conv"), !$0.weights.isEmpty { layers.append($0.path) } }
        #expect(throws: LoweringError.self) { try lower(model) }
        do throws(LoweringError) {
            _ = try lower(model)
        } catch {
            #expect(error.refusals.filter { $0.reason == .kernelOrder(backend: nil) }.map(\.path) == layers)
        }
        do throws(KerasWriterError) {
            _ = try KerasWriter(model, as: .archive, dialect: .keras3)
            Issue.record("written")
        } catch {
            guard case .cannotBeExpressed(let problems) = error else { throw error }
            #expect(problems.filter { $0.reason == .kernelOrder }.map(\.layerPath) == layers)
        }
    }

    /// Told wrongly, the numbers are others: the flip is not without effect.
    @Test func theOrderMatters() throws {
        let name = "theano/keras-1.2.2/conv2d_tf"
        var options = Self.options(name)
        options.backend = "tensorflow"
        let recorded = try TensorFile(reading: try ByteSource(path: "\(Fixtures.root)/backends/\(name).npz")).tensors
        let input = try #require(recorded.first { $0.name == "input_0" }).value
        let expected = try #require(recorded.first { $0.name == "output_0" }).value.doubles()
        let found = try ModelFile.open(path: Self.path(name), options: options).runnable().predict([PredictionInput(input)])[0].value.doubles()
        #expect(zip(found, expected).contains { ($0 - $1).magnitude > 0.01 })
    }
}
