import CZlib
import KerasFiles
import NNInference
import Testing

@testable import CompactFile

/// Source views that are not what they should be.
@Suite struct HostileSourceTests {
    private func outcome(_ source: [UInt8], limits: Limits = Limits()) throws -> SourceViewError? {
        var content = try SmallModel.content()
        content.source = source
        let file = try CompactFileReader(ByteSource(CompactFileWriter(content).bytes()))
        do {
            var options = ReadingOptions()
            options.limits = limits
            _ = try file.kerasModel(options: options)
            return nil
        } catch {
            return error
        }
    }

    private func outcome(_ text: String) throws -> SourceViewError? { try outcome(Compression.compress(Array(text.utf8))) }

    private func key(_ error: SourceViewError?) -> String? {
        switch error {
        case .malformed(let key): key ?? "nothing"
        case .unknown(let key): "unknown " + key
        case .compression: "compression"
        case .keras: "keras"
        case .absent, .format, nil: nil
        }
    }

    @Test func compression() throws {
        let text = Array(repeating: Array("all the same ".utf8), count: 1_000).flatMap { $0 }
        let compressed = try Compression.compress(text)
        #expect(Compression.expand(compressed, limit: 13_000) == text)
        #expect(Compression.expand(compressed, limit: 12_999) == nil)
        #expect(Compression.expand(compressed + [0], limit: 20_000) == nil)
        for count in 0..<compressed.count { #expect(Compression.expand(Array(compressed.prefix(count)), limit: 20_000) == nil) }
        var wrong = compressed
        for size in [0, 12_999, 13_001, Int(UInt32.max)] {
            for place in 0..<4 { wrong[place] = UInt8(truncatingIfNeeded: size >> (8 * place)) }
            #expect(Compression.expand(wrong, limit: .max) == nil)
        }
        #expect(try Compression.expand(Compression.compress([]), limit: 0) == [])
    }

    @Test func bombs() throws {
        var limits = Limits()
        limits.jsonBytes = 1_000_000
        let bomb = try Compression.compress([UInt8](repeating: 0x20, count: 1_000_001))
        #expect(bomb.count < 2_000)
        #expect(try key(outcome(bomb, limits: limits)) == "compression")
    }

    @Test func textThatIsNoSourceView() throws {
        #expect(try key(outcome([1, 2, 3])) == "compression")
        #expect(try key(outcome("{")) == "keras")
        let whole = #"{"format":"legacyHDF5","keras_version":"3.1.0","model_config":{},"weights":[]"#
        #expect(try key(outcome("[]")) == "nothing")
        #expect(try key(outcome(#"{"format":"hologram","model_config":{},"weights":[]}"#)) == "format")
        #expect(try key(outcome(#"{"format":"legacyHDF5","weights":[]}"#)) == "model_config")
        #expect(try key(outcome(#"{"format":"legacyHDF5","model_config":{}}"#)) == "weights")
        #expect(try key(outcome(#"{"format":"legacyHDF5","keras_version":3,"model_config":{},"weights":[]}"#)) == "keras_version")
        #expect(try key(outcome(#"{"format":"legacyHDF5","keras_version":"x","model_config":{},"weights":[]}"#)) == "keras_version")
        #expect(try key(outcome(whole + #","pictures":{}}"#)) == "unknown pictures")
        #expect(try key(outcome(whole + #","assets":{}}"#)) == "assets")
        #expect(try key(outcome(whole + #","assets":[1]}"#)) == "assets")
        #expect(try key(outcome(whole + #","other_weights":[["a",[],1]]}"#)) == "other_weights")
        #expect(try key(outcome(whole + #","backend":1}"#)) == "backend")
        #expect(try key(outcome(whole + #","optimizer_weights":["a"]}"#)) == "optimizer_weights")
        #expect(try key(outcome(whole + #","optimizer_weights":["a",[1]]}"#)) == "optimizer_weights")
        // Whatever the parts are, they must make a model.
        #expect(try key(outcome(whole + "}")) == "keras")
    }

    @Test(arguments: ["[5]", "[-1]", "[0]", "[9223372036854775807]", "[1,1]", "[]", "[1.0]", #"["1"]"#, "{}"])
    func tensorPlaces(_ places: String) throws {
        let text = #"{"format":"legacyHDF5","keras_version":"3.1.0","model_config":{},"weights":[["a",["b"]]],"tensors":"# + places + "}"
        #expect(try key(outcome(text)) == "tensors")
    }

    @Test func moreWeightsThanTensors() throws {
        #expect(
            try key(outcome(#"{"format":"legacyHDF5","model_config":{},"weights":[["a",["1","2","3","4","5"]]]}"#)) == "tensors")
    }

    @Test func aFileWithoutSourceView() throws {
        let file = try CompactFileReader(ByteSource(SmallModel.bytes()))
        #expect(throws: SourceViewError.self) { try file.kerasModel() }
    }

    @Test func readingInPiecesRefusesWhatReadingAtOnceRefuses() throws {
        let original = try DamageTests.withSource()
        for offset in stride(from: 0, to: original.count, by: 3) {
            var bytes = original
            bytes[offset] ^= 0x10
            #expect(throws: SourceViewError.self) { try CompactFileReader(ByteSource(bytes)).verify() }
        }
        for count in 0..<original.count {
            #expect(throws: SourceViewError.self) { try CompactFileReader(ByteSource(Array(original.prefix(count)))) }
        }
        try CompactFileReader(ByteSource(original)).verify()
    }
}
