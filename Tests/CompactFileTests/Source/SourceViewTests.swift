import CompactFile
import KerasFiles
import Lowering
import NNInference
import Testing

@Suite struct SourceViewTests {
    @Test(arguments: KerasFixtures.models) func kerasModelsComeBack(_ path: String) throws {
        let model = try KerasFixtures.open(path)
        let content = try CompactFileContent(model)
        let bytes = try CompactFileWriter(content).bytes()
        #expect(refusal(bytes) == nil)
        let file = try CompactFileReader(ByteSource(bytes))
        try file.verify()
        let back = try file.kerasModel()

        #expect(back.format == model.format)
        #expect(back.version == model.version)
        #expect(back.backend == model.backend)
        #expect(back.configuration == model.configuration)
        #expect(back.trainingConfiguration == model.trainingConfiguration)
        #expect(back.metadata == model.metadata)
        #expect(back.repairs == model.repairs)
        #expect(back.otherWeights.count == model.otherWeights.count)
        for (found, expected) in zip(back.otherWeights, model.otherWeights) { try expectSame(found, expected) }
        #expect(back.assets.map(\.name) == model.assets.map(\.name))
        for (found, expected) in zip(back.assets, model.assets) {
            #expect(try found.content.read(at: 0, count: Int(found.content.size)) == expected.content.read(at: 0, count: Int(expected.content.size)))
        }
        #expect(back.weightGroups.count == model.weightGroups.count)
        for (found, expected) in zip(back.weightGroups, model.weightGroups) { try expectSame(found, expected) }
        #expect((back.topLevelWeights == nil) == (model.topLevelWeights == nil))
        if let found = back.topLevelWeights, let expected = model.topLevelWeights { try expectSame(found, expected) }
        #expect((back.optimizerWeights == nil) == (model.optimizerWeights == nil))
        if let found = back.optimizerWeights, let expected = model.optimizerWeights { try expectSame(found, expected) }
        try expectSame(back.root, model.root)

        // The same model makes the same bytes, whether it comes from the Keras file or from the .nnc file.
        #expect(try CompactFileWriter(CompactFileContent(back)).bytes() == bytes)
    }

    private func expectSame(_ found: WeightGroup, _ expected: WeightGroup) throws {
        #expect(found.name == expected.name)
        #expect(found.label == expected.label)
        #expect(found.weights.map(\.name) == expected.weights.map(\.name))
        for (a, b) in zip(found.weights, expected.weights) { try expectSame(a.tensor, b.tensor) }
    }

    private func expectSame(_ found: Tensor, _ expected: Tensor) throws {
        #expect(found.elementType == expected.elementType)
        #expect(found.shape == expected.shape)
        #expect(try found.bytes() == expected.bytes())
    }

    private func expectSame(_ found: KerasLayer, _ expected: KerasLayer) throws {
        #expect(found.className == expected.className)
        #expect(found.path == expected.path)
        #expect(found.config == expected.config)
        #expect(found.weights.map(\.role) == expected.weights.map(\.role))
        #expect(found.weights.map(\.place) == expected.weights.map(\.place))
        for (a, b) in zip(found.weights, expected.weights) { try expectSame(a.tensor, b.tensor) }
        #expect(found.children.count == expected.children.count)
        for (a, b) in zip(found.children, expected.children) { try expectSame(a, b) }
    }

    /// The marks: what a 4-8-3 network takes, as a Keras 3.15 file.
    @Test func sizes() throws {
        let model = try KerasFixtures.open("keras-3.15.1/mlp_4_8_3.h5")
        var content = try CompactFileContent(model)
        #expect(content.tensors.count == 4)
        content.verification = [SmallModel.vector]
        let all = try CompactFileWriter(content).bytes()
        #expect(all.count <= 1_400)
        #expect(try #require(content.source).count <= 520)
        content.source = nil
        #expect(try CompactFileWriter(content).bytes().count == 636)
        content.names = nil
        content.verification = []
        #expect(try CompactFileWriter(content).bytes().count == 508)
    }

    @Test func whatTheProgramDoesNotUseIsKeptUnlessItIsTheOptimizers() throws {
        let compiled = try #require(KerasFixtures.models.first { (try? KerasFixtures.open($0).optimizerWeights?.weights.isEmpty) == false })
        let model = try KerasFixtures.open(compiled)
        let state = try #require(model.optimizerWeights).weights.count
        let whole = try CompactFileContent(model)
        let stripped = try CompactFileContent(model, withOptimizer: false)
        #expect(whole.tensors.count == stripped.tensors.count + state)
        let back = try CompactFileReader(ByteSource(CompactFileWriter(stripped).bytes())).kerasModel()
        #expect(back.optimizerWeights == nil)
        #expect(back.trainingConfiguration == model.trainingConfiguration)
    }

    @Test func panelsAreReadInAnyOrder() throws {
        let tensor = try PanelTests.tensor(.float16, [57, 100])
        let original = try tensor.bytes()
        let bytes = try CompactFileWriter(CompactFileContent(tensors: [.init(tensor, layout: .panels)])).bytes()
        let back = try CompactFileReader(ByteSource(bytes)).tensor(0)
        #expect(back.shape == [57, 100])
        #expect(try back.bytes() == original)
        for range in [0..<0, 0..<1, 199..<201, 150..<450, 200..<400, 11_399..<11_400, 3..<11_398] {
            var part = [UInt8](repeating: 0xEE, count: range.count)
            var elements = part.mutableSpan
            var target = elements.mutableBytes
            try back.read(bytes: range, into: &target)
            #expect(part == Array(original[range]))
        }
    }
}
