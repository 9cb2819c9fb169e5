import KerasFiles
import Testing

/// A model by Keras 2.3.1 with a few bytes changed.
@Suite struct DamagedModelTests {
    /// Opens the file with every occurrence of `old`, or the first, replaced by `new`, which must be as long.
    private func open(_ old: String, _ new: String, all: Bool = false) throws -> KerasModel {
        let (old, new) = (Array(old.utf8), Array(new.utf8))
        try #require(old.count == new.count)
        var bytes = try Fixtures.bytes("keras-2.3.1/mlp_4_8_3.h5")
        var found = 0
        for start in bytes.indices.dropLast(old.count) where found == 0 || all {
            guard bytes[start..<start + old.count].elementsEqual(old) else { continue }
            bytes.replaceSubrange(start..<start + old.count, with: new)
            found += 1
        }
        try #require(found > 0, "not in the file")
        return try KerasModel.open(ByteSource(bytes))
    }

    private func error(_ old: String, _ new: String, all: Bool = false) -> KerasFileError? {
        failure { _ = try open(old, new, all: all) }
    }

    @Test func theConfigurationAndTheWeightsDisagree() {
        #expect(
            error(#""use_bias": true"#, #""use_bias":false"#)
                == KerasFileError(.weightCount(expected: 1, found: 2), path: "sequential_1/dense_1"))
        #expect(
            error(#""name": "dense_2""#, #""name": "dense_9""#)
                == KerasFileError(.weightsMissing(object: "/model_weights/dense_9", found: ["dense_1", "dense_2"]), path: "sequential_1/dense_9"))
        #expect(error(#""name": "dense_2""#, #""name": "dense_1""#) == KerasFileError(.duplicateName("dense_1"), path: "sequential_1"))
        #expect(
            error("dense_1dense_2", "dense_1dense_1")
                == KerasFileError(.duplicateName("dense_1"), path: "/model_weights", key: "layer_names"))
        #expect(error("dense_1dense_2", "dense_2dense_1") == KerasFileError(.layerOrder(expected: "dense_1"), path: "/model_weights/dense_2"))
        #expect(
            error("dense_2/bias:0", "dense_2/bios:0")
                == KerasFileError(
                    .weightsMissing(object: "/model_weights/dense_2/dense_2/bios:0", found: ["bias:0", "kernel:0"]), path: "dense_2"))
        #expect(
            error("dense_1/kernel:0dense_1/bias:0\0\0", "dense_1/bias:0\0\0dense_1/kernel:0")
                == KerasFileError(.weightRole(expected: "kernel", found: "dense_1/bias:0"), path: "sequential_1/dense_1"))
    }

    @Test func theConfigurationIsNotOne() {
        #expect(
            error(#""class_name": "Dense""#, #""class_name": 1234567"#)
                == KerasFileError(.wrongType(expected: .string, found: .integer), path: "sequential_1", key: "class_name"))
        #expect(error(#""layers": ["#, #""layerz": ["#) == KerasFileError(.missingKey, path: "sequential_1", key: "layers"))
        let json = error(#"{"class_name": "Sequential""#, #"["class_name": "Sequential""#)
        #expect(json?.key == "model_config" && json?.path == "/")
        #expect(json?.kind == .json(.unexpectedByte(UInt8(ascii: ":"))))
    }

    @Test func somethingIsMissing() {
        #expect(error("model_weights", "model_weightz") == KerasFileError(.missingObject, path: "/model_weights"))
        #expect(error("layer_names", "layer_namez") == KerasFileError(.missingAttribute, path: "/model_weights", key: "layer_names"))
        #expect(error("model_config", "model_confiX") == KerasFileError(.unsupportedFormat(.hdf5)))
    }

    @Test func theVersionDecides() throws {
        #expect(error("2.3.1", "x.3.1", all: true) == KerasFileError(.malformed(.attribute, .value), path: "/", key: "keras_version"))
        #expect(error("2.3.1", "0.3.1", all: true) == KerasFileError(.unsupportedFormat(.keras0)))
        // Keras 1 has other names for the weights.
        guard case .weightRole(expected: "kernel", _)? = error("2.3.1", "1.3.1", all: true)?.kind else {
            Issue.record("weights of Keras 2 were taken for those of Keras 1")
            return
        }
        #expect(try open("2.3.1", "3.3.1", all: true).version.lineage == .multiBackend)
    }

    @Test func aClassThatNobodyKnowsPassesThrough() throws {
        let model = try open(#""class_name": "Dense""#, #""class_name": "Dance""#)
        let dance = try #require(model.root.members.first { $0.className == "Dance" })
        #expect(dance.weights.map(\.role) == ["0", "1"])
        #expect(dance.weights.map(\.tensor.shape) == [[4, 8], [8]])
    }

    /// Whatever happens to a file, it is read or refused; it takes nothing down.
    @Test(arguments: ["keras-2.3.1/nested.h5", "keras-3.15.1/bidirectional_mask.h5"])
    func randomDamageIsReadOrRefused(_ path: String) throws {
        let original = try Fixtures.bytes(path)
        let configuration = try #require(original.firstRange(of: Array(#"{"class_name""#.utf8))?.lowerBound)
        let text = Array("{}[],:\"0123456789ntf".utf8)
        var generator = SplitMix(state: 2026)
        var refused = 0
        for round in 0..<600 {
            var bytes = original
            for _ in 0...Int.random(in: 0...2, using: &generator) {
                // Half of the rounds hit the configuration, which is where the layers come from.
                let place =
                    round.isMultiple(of: 2) ? configuration..<configuration + 3_000 : 0..<bytes.count
                bytes[Int.random(in: place, using: &generator)] =
                    round.isMultiple(of: 3)
                    ? UInt8.random(in: 0...255, using: &generator) : text[Int.random(in: 0..<text.count, using: &generator)]
            }
            if failure({ _ = try KerasModel.open(ByteSource(bytes)) }) != nil { refused += 1 }
        }
        #expect(refused > 100)
    }
}
