import KerasFiles
import KerasWriter
import Testing

/// What every release wrote, written as a file for a later one, is loaded by the real thing and predicts what the release that wrote it
/// recorded.
@Suite(.enabled(if: KerasClient.python != nil, KerasClient.missing)) struct KerasClientTests {
    @Test(arguments: [KerasClient.keras, .kerasOnJAX])
    func archives(_ client: KerasClient) throws {
        try expectNoProblems(of: client, with: .archive, dialect: .keras3) { ($0 == .kerasOnJAX) == $1.hasChannelsFirst }
    }

    /// The files of Keras 2. (Channels first it leaves to GPUs.) As archives, what was one: layers and weights are written alike.
    @Test(arguments: [KerasFormat.legacyHDF5, .archive])
    func legacyKeras(_ format: KerasFormat) throws {
        try expectNoProblems(of: .legacyKeras, with: format, dialect: .keras2) {
            !$1.hasChannelsFirst && (format == .legacyHDF5 || $1.format == .archive)
        }
    }

    /// Weights alone, into a model that is made from its description.
    @Test(arguments: [(KerasClient.keras, KerasDialect.keras3), (.keras, .keras30), (.legacyKeras, .keras2)])
    func weights(_ client: KerasClient, _ dialect: KerasDialect) throws {
        let folder = try TemporaryFolder()
        var tasks: [KerasClient.Task] = []
        for writer in ["keras-2.0.2", "keras-2.3.1", "tfkeras-2.10", "tfkeras-2.15", "keras-3.15.1"] {
            for name in ["batchnorm", "bidirectional", "lstm_text", "nested", "time_distributed"] {
                let model = try KerasModel.open(path: Fixtures.path(writer + "/" + name))
                let path = folder.path + "/\(writer)-\(name)"
                _ = try folder.write(try KerasWriter(model, as: .archive, dialect: dialect), named: "\(writer)-\(name).keras")
                let archive = try ZipArchive(source: try ByteSource(path: path + ".keras"))
                func content(_ member: String) throws -> [UInt8] {
                    let source = try archive.source(of: member)
                    return try source.read(at: 0, count: Int(source.size))
                }
                let weights = try folder.write(try KerasWriter(model, as: .weights, dialect: dialect), named: "\(writer)-\(name).weights.h5")
                // What an archive has inside, so that all that is loaded from archives says the same of weights alone.
                #expect(try bytes(weights) == content("model.weights.h5"))
                tasks.append(
                    KerasClient.Task(
                        name: "\(writer)/\(name)", model: weights,
                        architecture: try folder.write(try content("config.json"), named: "\(writer)-\(name).json"),
                        record: Fixtures.root + "/\(writer)/\(name).npz"))
            }
        }
        let problems = try client.problems(tasks, in: folder)
        #expect(problems == [])
    }

    private func expectNoProblems(
        of client: KerasClient, with format: KerasFormat, dialect: KerasDialect, where isMeant: (KerasClient, KerasModel) -> Bool
    ) throws {
        let folder = try TemporaryFolder()
        var tasks: [KerasClient.Task] = []
        for name in Fixtures.models + Fixtures.texts {
            let model = try KerasModel.open(path: Fixtures.path(name))
            // Keras itself quantizes the sum of kernel and adapter when it saves, and answers otherwise then.
            guard !name.hasSuffix("/quantized_int8_lora") else { continue }
            guard isMeant(client, model), !model.hasCode || name.hasSuffix("/unsupported_three") else { continue }
            guard let writer = try Unwritable.writer(model, as: format, dialect: dialect, of: name) else { continue }
            let path = try folder.write(writer, named: name.replacingSlashes + (format == .archive ? ".keras" : ".h5"))
            tasks.append(
                KerasClient.Task(name: name, model: path, hasCode: model.hasCode, record: Fixtures.root + "/" + name + ".npz"))
        }
        #expect(!tasks.isEmpty)
        let problems = try client.problems(tasks, in: folder)
        #expect(problems == [])
    }
}

extension KerasModel {
    /// Whether a layer has its channels first, which TensorFlow does not compute without a GPU.
    var hasChannelsFirst: Bool {
        var found = false
        root.forEach { if $0.config["data_format"] == "channels_first" { found = true } }
        return found
    }

    /// Whether there are functions and classes in it that only its author has.
    var hasCode: Bool {
        var found = false
        root.forEach { if $0.className == "Lambda" || !$0.isOwnClass && !$0.isOperation { found = true } }
        return found
    }
}

extension KerasLayer {
    /// The Functional models in it.
    var graphCount: Int { (graph == nil ? 0 : 1) + children.reduce(0) { $0 + $1.graphCount } }
}

extension String {
    var replacingSlashes: String { split(separator: "/").joined(separator: "__") }
}
