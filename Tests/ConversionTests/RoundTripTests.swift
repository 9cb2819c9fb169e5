import FileOutput
import KerasFiles
import NNConvert
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Every model of every release goes into a `.nnc` file and comes out as the file that it was.
@Suite struct RoundTripTests {
    @Test(arguments: Fixtures.models + Fixtures.texts)
    func theSameFileComesBack(_ name: String) throws {
        let folder = try TemporaryFolder()
        try expectBack(Fixtures.path(name), try KerasModel.open(path: Fixtures.path(name)), folder)
    }

    /// In the middle of their training.
    @Test(arguments: TrainingFixtures.models)
    func trainingGoesOn(_ name: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/original"
        var output = try OutputFile(path: path)
        try output.write(try TrainingFixtures.bytes(name))
        try output.commit()
        try expectBack(path, try KerasModel.open(path: path), folder)
    }

    /// Files of weights, with the description of their model.
    @Test(arguments: Fixtures.weights)
    func weightsAlone(_ name: String) throws {
        let folder = try TemporaryFolder()
        var options = ReadingOptions()
        options.architecture = try ByteSource(path: Fixtures.root + "/" + name + ".json")
        let path = Fixtures.root + "/" + name + ".weights.h5"
        try expectBack(path, try KerasModel.open(path: path, options: options), folder, options)
    }

    private func expectBack(
        _ original: String, _ model: KerasModel, _ folder: borrowing TemporaryFolder, _ options: ReadingOptions = ReadingOptions()
    ) throws {
        let compact = folder.path + "/m.nnc"
        try Conversion(model, to: .compact()).write(to: compact)
        let kept = try #require(try ModelFile.open(path: compact).kerasModel())
        try expectSame(kept, model)

        let (direct, back) = (folder.path + "/direct", folder.path + "/back")
        try Conversion(model, to: .keras(model.format)).write(to: direct)
        let conversion = try Conversion(kept, to: .keras(model.format))
        // Weights alone have no place for a description, whose file is still there.
        #expect(conversion.report.dropped.map(\.part) == (options.architecture == nil ? [] : [.configuration]))
        #expect(conversion.report.repairs.isEmpty)
        #expect(try conversion.write(to: back) == ByteSource(path: back).size)
        #expect(try bytes(back) == bytes(direct))
        let returned = try KerasModel.open(path: back, options: options)
        try expectSame(returned, model)
        #expect(try ModelComparison(returned, model).isSame)
        try expectNoDifference(original, back, model.format, folder.path)

        // A second time, from what came back.
        let again = folder.path + "/again.nnc"
        try Conversion(returned, to: .compact()).write(to: again)
        #expect(try bytes(again) == bytes(compact))
    }

    /// HDF5's own tool says nothing.
    private func expectNoDifference(_ a: String, _ b: String, _ format: KerasFormat, _ folder: String) throws {
        guard run("h5diff --version").status == 0 else { return }
        var files = [a, b]
        if format == .archive {
            for (index, file) in files.enumerated() {
                let archive = try ZipArchive(source: try ByteSource(path: file))
                let member = try #require(archive.members.first { $0.name.hasSuffix(".weights.h5") })
                let content = try archive.source(of: member.name)
                files[index] = folder + "/\(index).h5"
                var output = try OutputFile(path: files[index])
                try output.write(try content.read(at: 0, count: Int(content.size)))
                try output.commit()
            }
        }
        let (output, status) = run("h5diff '\(files[0])' '\(files[1])'")
        #expect(output == "")
        #expect(status == 0)
    }

    /// Everything that a model holds.
    private func expectSame(_ a: KerasModel, _ b: KerasModel) throws {
        #expect(a.format == b.format)
        #expect(a.version == b.version)
        #expect(a.backend == b.backend)
        #expect(a.configuration == b.configuration)
        #expect(a.trainingConfiguration == b.trainingConfiguration)
        #expect(a.metadata == b.metadata)
        #expect(a.nameStorage == b.nameStorage)
        try expectSame(a.weightGroups, b.weightGroups)
        try expectSame(a.otherWeights, b.otherWeights)
        try expectSame([a.topLevelWeights].compactMap { $0 }, [b.topLevelWeights].compactMap { $0 })
        try expectSame([a.optimizerWeights].compactMap { $0 }, [b.optimizerWeights].compactMap { $0 })
        #expect(a.assets.map(\.name) == b.assets.map(\.name))
        for (a, b) in zip(a.assets, b.assets) {
            #expect(try a.content.read(at: 0, count: Int(a.content.size)) == b.content.read(at: 0, count: Int(b.content.size)))
        }
    }

    private func expectSame(_ a: [WeightGroup], _ b: [WeightGroup]) throws {
        #expect(a.map(\.name) == b.map(\.name))
        #expect(a.map(\.label) == b.map(\.label))
        for (a, b) in zip(a, b) {
            #expect(a.weights.map(\.name) == b.weights.map(\.name))
            for (a, b) in zip(a.weights, b.weights) {
                #expect(a.tensor.elementType == b.tensor.elementType)
                #expect(a.tensor.shape == b.tensor.shape)
                #expect(try a.tensor.bytes() == b.tensor.bytes(), "\(a.name)")
            }
        }
    }
}
