import FileOutput
import KerasFiles
import KerasWriter
import Testing

/// A file that is read and written back says what it said, and its weights are the same bits.
@Suite struct AsWrittenTests {
    @Test(arguments: Fixtures.models)
    func theModelComesBack(_ path: String) throws {
        let model = try Fixtures.open(path)
        let folder = try TemporaryFolder()
        let copy = try folder.write(model, as: .legacyHDF5, named: "copy.h5")
        try expectSame(try KerasModel.open(path: copy), model)
        #expect(try attributes(copy) == attributes(Fixtures.root + "/" + path))
    }

    @Test(.enabled(if: run("h5diff --version").status == 0), arguments: Fixtures.models)
    func h5diffFindsNothing(_ path: String) throws {
        let folder = try TemporaryFolder()
        let copy = try folder.write(try Fixtures.open(path), as: .legacyHDF5, named: "copy.h5")
        let (output, status) = run("h5diff '\(Fixtures.root)/\(path)' '\(copy)'")
        #expect(output == "")
        #expect(status == 0)
    }

    @Test(arguments: Fixtures.models)
    func theSameBytesEveryTime(_ path: String) throws {
        let model = try Fixtures.open(path)
        let folder = try TemporaryFolder()
        let first = try folder.write(model, as: .legacyHDF5, named: "1.h5")
        let second = try folder.write(try KerasModel.open(path: first), as: .legacyHDF5, named: "2.h5")
        #expect(try bytes(first) == bytes(second))
    }

    @Test(arguments: Fixtures.models.filter { $0.hasPrefix("tfkeras-2.10") })
    func weightsAlone(_ path: String) throws {
        let model = try Fixtures.open(path)
        let writer = try KerasWriter(model, as: .legacyWeights)
        #expect(writer.report.dropped.contains { $0.part == .configuration })
        #expect(writer.report.dropped.contains { $0.part == .optimizerWeights } == (model.optimizerWeights != nil))
        let folder = try TemporaryFolder()
        let root = try HDF5File(path: try folder.write(model, as: .legacyWeights, named: "w.h5")).root
        let original = try HDF5File(path: Fixtures.root + "/" + path).root.group("model_weights")
        #expect(root.attributes.map(\.name).sorted() == original.attributes.map(\.name).sorted())
        for attribute in original.attributes { #expect(root.attributes[attribute.name]?.value == attribute.value) }
        for group in model.weightGroups {
            let written = try root.group(group.name)
            #expect(try written.stringList("weight_names") == group.weights.map(\.name))
            for weight in group.weights {
                #expect(try written.dataset(weight.name).tensor.bytes() == weight.tensor.bytes())
            }
        }
    }

    /// Weights alone, with the whole model for their description, are the whole model.
    @Test(arguments: Fixtures.models.filter { $0.contains("batchnorm") || $0.contains("bidirectional") })
    func weightsAloneComeBack(_ path: String) throws {
        let model = try Fixtures.open(path)
        let folder = try TemporaryFolder()
        let weights = try folder.write(model, as: .legacyWeights, named: "1.h5")
        #expect(throws: KerasFileError(.unsupportedFormat(.weightsOnly))) { try KerasModel.open(path: weights) }
        var options = ReadingOptions()
        options.architecture = try ByteSource(path: Fixtures.root + "/" + path)
        let again = try KerasModel.open(path: weights, options: options)
        #expect(again.format == .legacyWeights)
        // Keras 1 says what it is beside the weights, not with them.
        #expect(again.weightsVersion == (model.version.major == 1 ? .unnamed : model.version))
        #expect(again.root.config == model.root.config)
        try expectSame(again.weightGroups, model.weightGroups)
        #expect(try bytes(try folder.write(again, as: .legacyWeights, named: "2.h5")) == bytes(weights))
    }

    /// Everything that a model holds.
    private func expectSame(_ a: KerasModel, _ b: KerasModel) throws {
        #expect(a.version == b.version)
        #expect(a.backend == b.backend)
        #expect(a.configuration == b.configuration)
        #expect(a.trainingConfiguration == b.trainingConfiguration)
        #expect(a.nameStorage == b.nameStorage)
        #expect(a.weightGroups.map(\.name) == b.weightGroups.map(\.name))
        try expectSame(a.weightGroups, b.weightGroups)
        try expectSame([a.topLevelWeights, a.optimizerWeights].compactMap { $0 }, [b.topLevelWeights, b.optimizerWeights].compactMap { $0 })
        #expect((a.topLevelWeights == nil) == (b.topLevelWeights == nil))
    }

    private func expectSame(_ a: [WeightGroup], _ b: [WeightGroup]) throws {
        #expect(a.map(\.name) == b.map(\.name))
        for (a, b) in zip(a, b) {
            #expect(a.weights.map(\.name) == b.weights.map(\.name))
            for (a, b) in zip(a.weights, b.weights) {
                #expect(a.tensor.elementType == b.tensor.elementType)
                #expect(a.tensor.shape == b.tensor.shape)
                #expect(try a.tensor.bytes() == b.tensor.bytes(), "\(a.name)")
            }
        }
    }

    /// All attributes of all objects, with how they are stored.
    private func attributes(_ path: String) throws -> [String: HDF5Attribute.Value] {
        var found: [String: HDF5Attribute.Value] = [:]
        func add(_ group: HDF5Group) {
            for attribute in group.attributes { found[group.path + "@" + attribute.name] = attribute.value }
            for child in group.children {
                switch child {
                case .group(let group): add(group)
                case .dataset(let dataset):
                    for attribute in dataset.attributes { found[dataset.path + "@" + attribute.name] = attribute.value }
                }
            }
        }
        add(try HDF5File(path: path).root)
        return found
    }
}
