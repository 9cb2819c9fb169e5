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

    /// The files of Keras 2. (Channels first it leaves to GPUs.)
    @Test(arguments: [KerasFormat.legacyHDF5, .archive])
    func legacyKeras(_ format: KerasFormat) throws {
        try expectNoProblems(of: .legacyKeras, with: format, dialect: .keras2) { !$1.hasChannelsFirst }
    }

    private func expectNoProblems(
        of client: KerasClient, with format: KerasFormat, dialect: KerasDialect, where isMeant: (KerasClient, KerasModel) -> Bool
    ) throws {
        let folder = try TemporaryFolder()
        var tasks: [KerasClient.Task] = []
        for name in Fixtures.models {
            let model = try KerasModel.open(path: Fixtures.path(name))
            guard isMeant(client, model), !model.hasCode else { continue }
            guard let writer = try Unwritable.writer(model, as: format, dialect: dialect, of: name) else { continue }
            let path = try folder.write(writer, named: name.replacingSlashes + (format == .archive ? ".keras" : ".h5"))
            tasks.append(KerasClient.Task(name: name, model: path, record: Fixtures.root + "/" + name + ".npz"))
        }
        #expect(!tasks.isEmpty)
        #expect(try client.problems(tasks, in: folder) == [])
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
