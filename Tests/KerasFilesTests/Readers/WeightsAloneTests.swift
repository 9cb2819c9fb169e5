import KerasFiles
import Testing

/// Files of weights and descriptions of models make whole models together.
@Suite struct WeightsAloneTests {
    private static let all = Fixtures.files(in: "weights", ".weights.h5")
    /// Those of which there is an archive, too.
    private static let weights = all.filter { !$0.contains("keras-1.") && !$0.contains("tfkeras-2.12") }
    private static let ofKeras1 = all.filter { $0.contains("keras-1.") }

    private func source(_ path: String) throws -> ByteSource { try ByteSource(path: Fixtures.root + "/" + path) }

    private func options(architecture: String? = nil, weights: String? = nil) throws -> ReadingOptions {
        var options = ReadingOptions()
        options.architecture = try architecture.map(source)
        options.weights = try weights.map(source)
        return options
    }

    /// The archive that the same Keras wrote of the same model.
    private func archive(_ weights: String) throws -> KerasModel {
        try FixtureModels.open(weights.replacing(".weights.h5", with: ".keras").replacing("weights/", with: "archives/"))
    }

    @Test func thereAreFixtures() {
        #expect(Self.weights.count >= 25)
        #expect(Self.ofKeras1.count >= 2)
    }

    /// By layer, without a word about the release: the whole model has the same, and any description of it will do.
    @Test(arguments: ofKeras1)
    func theModelIsThatOfTheFile(_ path: String) throws {
        let whole = try FixtureModels.open(path.replacing(".weights.h5", with: ".h5").replacing("weights/", with: ""))
        let description = path.replacing(".weights.h5", with: ".json")
        let model = try KerasModel.open(try source(path), options: try options(architecture: description))
        #expect(model.format == .legacyWeights && model.version.text == "1.2.2" && model.weightsVersion == .unnamed)
        // A Sequential has its name here and not there.
        for (a, b) in zip(model.root.members, whole.root.members) {
            #expect(a.className == b.className && a.config == b.config)
            for (a, b) in zip(a.all, b.all) {
                #expect(a.weights.map(\.role) == b.weights.map(\.role))
                for (a, b) in zip(a.weights, b.weights) { #expect(try a.tensor.floats() == b.tensor.floats()) }
            }
        }
        #expect(model.root.members.count == whole.root.members.count)
    }

    @Test(arguments: weights)
    func theModelIsThatOfTheArchive(_ path: String) throws {
        let description = path.replacing(".weights.h5", with: ".json")
        let model = try KerasModel.open(try source(path), options: try options(architecture: description))
        #expect(model.format == .weights)
        let whole = try archive(path)
        try expectSame(model.root, whole.root)
        #expect(model.version.lineage == whole.version.lineage)

        let other = try KerasModel.open(try source(description), options: try options(weights: path))
        try expectSame(other.root, whole.root)
        #expect(other.weightGroups.map(\.name) == model.weightGroups.map(\.name))
    }

    /// A whole model of another format describes a model as well, and its own weights do not count.
    @Test(arguments: weights.filter { !$0.contains("keras-3.0.5") && !$0.contains("coffee") })
    func aWholeModelIsADescription(_ path: String) throws {
        let whole = path.replacing(".weights.h5", with: ".keras").replacing("weights/", with: "archives/")
        let model = try KerasModel.open(try source(path), options: try options(architecture: whole))
        try expectSame(model.root, try FixtureModels.open(whole).root)
        #expect(model.version == (try FixtureModels.open(whole).version))
        let legacy = whole.replacing(".keras", with: ".h5").replacing("archives/", with: "")
        try expectSame(try KerasModel.open(try source(path), options: try options(architecture: legacy)).root, model.root)
    }

    /// Layers that Keras has numbered in another session, or that are called otherwise, get their weights in order, and it is said.
    @Test(arguments: [("dense_4", "dense_5", true), ("dense_1", "dense_2", true), ("dense", "first_1", false), ("other_1", "dense", false)])
    func numbersOfAnotherSession(_ first: String, _ second: String, _ fits: Bool) throws {
        let whole = try FixtureModels.open("tfkeras-2.10/coffee.h5")
        var groups = whole.weightGroups.filter { !$0.weights.isEmpty }
        #expect(groups.map(\.name) == ["dense", "dense_1"])
        (groups[0].name, groups[1].name) = (first, second)
        func model() throws(KerasFileError) -> KerasModel {
            try KerasModel(
                format: .legacyWeights, version: whole.version, backend: nil, configuration: whole.configuration,
                trainingConfiguration: nil, weightGroups: groups, topLevelWeights: nil, optimizerWeights: nil)
        }
        let found = try model()
        try expectSame(found.root, whole.root)
        guard fits else {
            #expect(found.repairs.filter { $0.kind == .layerRenamed }.map(\.old).contains(.string(first == "dense" ? second : first)))
            #expect(found.weightGroups.map(\.name) == [first, second])
            return
        }
        #expect(found.repairs.filter { $0.kind == .layerRenamed }.map(\.old) == groups.map { .string($0.name) }.filter { $0 != "dense" })
        #expect(found.weightGroups.map(\.name) == ["dense", "dense_1"])
    }

    @Test func whatIsMissingIsNamed() throws {
        let path = Self.weights[0]
        let description = path.replacing(".weights.h5", with: ".json")
        #expect(failure { _ = try KerasModel.open(try source(path)) } == KerasFileError(.unsupportedFormat(.keras3Weights)))
        #expect(failure { _ = try KerasModel.open(try source(description)) } == KerasFileError(.unsupportedFormat(.architecture)))
        var expected = KerasFileError(.unsupportedFormat(.keras3Weights))
        expected.companion = .architecture
        #expect(failure { _ = try KerasModel.open(try source(path), options: try options(architecture: path)) } == expected)
        expected = KerasFileError(.unsupportedFormat(.architecture))
        expected.companion = .weights
        #expect(failure { _ = try KerasModel.open(try source(description), options: try options(weights: description)) } == expected)
    }

    @Test func nothingIsGivenInVain() throws {
        let path = Self.weights[0]
        let description = path.replacing(".weights.h5", with: ".json")
        let whole = "keras-3.15.1/coffee.h5"
        func found(_ path: String, _ options: ReadingOptions) throws -> KerasFileError.Kind? {
            failure { _ = try KerasModel.open(try source(path), options: options) }?.kind
        }
        #expect(try found(whole, try options(architecture: description)) == .needless(.architecture))
        #expect(try found(whole, try options(weights: path)) == .needless(.weights))
        #expect(try found("archives/keras-3.15.1/coffee.keras", try options(architecture: description)) == .needless(.architecture))
        #expect(try found(path, try options(architecture: description, weights: path)) == .needless(.weights))
        #expect(try found(description, try options(architecture: description, weights: path)) == .needless(.architecture))
        var options = ReadingOptions()
        options.backend = "theano"
        #expect(try found(whole, options) == .needless(.backend))
    }
}
