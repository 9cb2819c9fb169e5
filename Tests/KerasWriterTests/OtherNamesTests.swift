import KerasFiles
import KerasWriter
import Testing

/// Weights of one model in another of the same make, whose layers are called otherwise.
@Suite struct OtherNamesTests {
    private func open(_ weights: String, as architecture: String) throws -> KerasModel {
        let folder = try TemporaryFolder()
        let path = try folder.write(try Fixtures.open(weights), as: .legacyWeights, named: "weights.h5")
        var options = ReadingOptions()
        options.architecture = try ByteSource(path: Fixtures.root + "/" + architecture)
        return try KerasModel.open(path: path, options: options)
    }

    private func error(_ weights: String, as architecture: String) throws -> KerasFileError? {
        do {
            _ = try open(weights, as: architecture)
            return nil
        } catch {
            return error as? KerasFileError
        }
    }

    private func leaves(_ layer: KerasLayer) -> [KerasLayer] { (layer.weights.isEmpty ? [] : [layer]) + layer.children.flatMap(leaves) }

    @Test(arguments: ["mlp_4_8_3", "lstm_text", "batchnorm", "bidirectional", "cnn_2d"])
    func theOrderTells(_ name: String) throws {
        let original = try Fixtures.open("keras-2.3.1/\(name).h5")
        let model = try open("keras-2.3.1/\(name).h5", as: "tfkeras-2.10/\(name).h5")
        let other = try Fixtures.open("tfkeras-2.10/\(name).h5")
        #expect(leaves(model.root).map(\.path) == leaves(other.root).map(\.path))
        #expect(leaves(model.root).map(\.path) != leaves(original.root).map(\.path))
        for (a, b) in zip(leaves(model.root), leaves(original.root)) {
            #expect(a.weights.map(\.role) == b.weights.map(\.role))
            for (a, b) in zip(a.weights, b.weights) { #expect(try a.tensor.bytes() == b.tensor.bytes()) }
        }
    }

    /// What cannot belong together is named: the layer, what it takes, and what there is.
    @Test func whatDoesNotFit() throws {
        let shape = try error("keras-2.3.1/coffee.h5", as: "tfkeras-2.10/mlp_4_8_3.h5")
        #expect(shape == KerasFileError(.weightShape(expected: [2, 8], found: [2, 3]), path: "sequential/dense", key: "kernel"))
        let fewer = try error("keras-2.3.1/coffee.h5", as: "keras-3.15.1/digits_logits.h5")
        #expect(fewer?.path == "sequential/L1" && fewer?.kind == .weightShape(expected: [2, 25], found: [2, 3]))
        let missing = try error("keras-2.3.1/digits_binary.h5", as: "keras-3.15.1/time_distributed.h5")
        #expect(missing != nil)
        let role = try error("keras-2.3.1/lstm_text.h5", as: "tfkeras-2.10/multilabel.h5")
        #expect(role?.path == "sequential/dense" && role?.kind == .weightCount(expected: 2, found: 1))
        let tooMany = try error("keras-2.3.1/digits_softmax.h5", as: "keras-2.2.4/digits_logits.h5")
        #expect(tooMany == nil)
    }
}
