import FileOutput
import KerasFiles
import NNConvert
import Testing

@testable import NNInferenceC

/// Texts and 64-bit identifiers through the C interface, as a C program would call it.
@Suite struct TextTests {
    private static let words: JSON = ["", "[UNK]", "red", "grün", "blue"]

    /// A model of one layer of the preprocessing kind.
    private func session(_ className: String, _ config: JSON, dtype: JSON, shape: JSON = [nil, 2], batch: Int = 2) throws -> OpaquePointer {
        let configuration: JSON = [
            "class_name": "Sequential",
            "config": [
                "name": "model",
                "layers": [
                    ["class_name": "InputLayer", "config": ["batch_shape": shape, "dtype": dtype, "name": "input"]],
                    ["class_name": .string(className), "config": config],
                ],
            ],
        ]
        let model = try KerasModel(
            format: .legacyHDF5, version: try #require(KerasVersion("3.15.1")), backend: nil, configuration: configuration, trainingConfiguration: nil,
            weightGroups: [], topLevelWeights: nil, optimizerWeights: nil)
        let bytes = try CompactConversion(model).bytes()
        var handle: OpaquePointer?
        #expect(bytes.withUnsafeBytes { modelOpenBytes($0.baseAddress!, $0.count, &handle) } == 0)
        let opened = try #require(handle)
        defer { modelClose(opened) }
        var options = Options(batch: batch, threads: 1, carriesState: 0, memoryLimit: 0, inputShapes: nil, inputShapeCount: 0)
        var session: OpaquePointer?
        #expect(sessionMake(opened, &options, &session) == 0)
        // The session keeps the model's memory.
        return try #require(session)
    }

    private func lookup(_ config: JSONObject = [:]) -> JSON {
        var all: JSONObject = ["name": "lookup", "vocabulary": ["red", "grün", "blue"], "mask_token": "", "oov_token": "[UNK]"]
        for (key, value) in zip(config.keys, config.values) { all[key] = value }
        return .object(all)
    }

    /// Gives the texts to `body` as pointers to their bytes, each with a zero behind it.
    private func withTexts<Result>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<UInt8>>) -> Result) -> Result {
        var bytes: [UInt8] = []
        var starts: [Int] = []
        for text in texts {
            starts.append(bytes.count)
            bytes += Array(text.utf8) + [0]
        }
        return bytes.withUnsafeBufferPointer { bytes in
            let pointers = starts.map { bytes.baseAddress! + $0 }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress!) }
        }
    }

    @Test func textsBecomePlaces() throws {
        let session = try session("StringLookup", lookup(), dtype: "string")
        defer { sessionClose(session) }
        var (type, rank) = (UInt32(0), 0)
        var shape = [Int](repeating: 0, count: 8)
        #expect(sessionInputInfo(session, 0, &type, &shape, &rank) == 0)
        #expect(type == 5 && rank == 2 && shape.prefix(2) == [2, 2])

        let texts = ["blue", "mauve", "", "grün"]
        #expect(withTexts(texts) { sessionSetInputTexts(session, 0, $0, nil, 4) } == 0)
        #expect(sessionRunInputs(session) == 0)
        var places = [Int64](repeating: -1, count: 4)
        #expect(sessionCopyOutputInt64(session, 0, &places, 4) == 0)
        #expect(places == [4, 1, 0, 3])
        #expect(sessionCopyOutputInt64(session, 0, &places, 3) == 5)
        #expect(sessionCopyOutputInt64(session, 1, &places, 4) == 5)

        // With lengths texts need no zero behind them, and may hold one.
        #expect(withTexts(["bluebell", "reddish", "\0", "g"]) { sessionSetInputTexts(session, 0, $0, [4, 3, 0, 1], 4) } == 0)
        #expect(sessionRunInputs(session) == 0)
        #expect(sessionCopyOutputInt64(session, 0, &places, 4) == 0)
        #expect(places == [4, 2, 0, 1])
    }

    @Test func textsAreChecked() throws {
        let session = try session("StringLookup", lookup(), dtype: "string")
        defer { sessionClose(session) }
        #expect(withTexts(["a", "b", "c"]) { sessionSetInputTexts(session, 0, $0, nil, 3) } == 5)
        #expect(withTexts(["a", "b", "c", "d"]) { sessionSetInputTexts(session, 1, $0, nil, 4) } == 5)
        // Half of a letter.
        #expect(withTexts(["grün", "b", "c", "d"]) { sessionSetInputTexts(session, 0, $0, [3, 1, 1, 1], 4) } == 5)
        #expect(sessionSetInput(session, 0, [1, 2, 3, 4], 4) == 5)
        #expect(sessionSetInputInt64(session, 0, [1, 2, 3, 4], 4) == 5)
    }

    @Test func placesBecomeTexts() throws {
        let session = try session("StringLookup", lookup(["invert": true]), dtype: "int64")
        defer { sessionClose(session) }
        #expect(sessionSetInputInt64(session, 0, [4, 3, 1 << 40, 0], 4) == 0 || sessionSetInputInt32(session, 0, [4, 3, 99, 0], 4) == 0)
        #expect(sessionRunInputs(session) == 0)
        var found: [String] = []
        for position in 0..<4 {
            var text: UnsafePointer<UInt8>?
            var length = -1
            #expect(sessionOutputText(session, 0, position, &text, &length) == 0)
            found.append(String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self))
        }
        #expect(found == ["blue", "grün", "[UNK]", ""])
        var text: UnsafePointer<UInt8>?
        var length = 0
        #expect(sessionOutputText(session, 0, 4, &text, &length) == 5)
        #expect(sessionOutputText(session, 0, -1, &text, &length) == 5)
        var places = [Int64](repeating: 0, count: 4)
        #expect(sessionCopyOutputInt64(session, 0, &places, 4) == 5)
    }

    @Test func identifiersKeepTheirBits() throws {
        let session = try session(
            "IntegerLookup", ["name": "lookup", "vocabulary": [7, .integer(1 << 40 + 1), -5]], dtype: "int64", batch: 1)
        defer { sessionClose(session) }
        #expect(sessionSetInputInt64(session, 0, [1 << 40 + 1, 1 << 40], 2) == 0)
        #expect(sessionRunInputs(session) == 0)
        var places = [Int64](repeating: 0, count: 2)
        #expect(sessionCopyOutputInt64(session, 0, &places, 2) == 0)
        #expect(places == [2, 0])
    }

    /// A word that has no place where none is left for unknown ones stops the run.
    @Test func unknownWordsStopTheRun() throws {
        let session = try session("StringLookup", lookup(["num_oov_indices": 0]), dtype: "string")
        defer { sessionClose(session) }
        #expect(withTexts(["red", "red", "red", "mauve"]) { sessionSetInputTexts(session, 0, $0, nil, 4) } == 0)
        #expect(sessionRunInputs(session) == 6)
        #expect(withTexts(["red", "red", "red", "red"]) { sessionSetInputTexts(session, 0, $0, nil, 4) } == 0)
        #expect(sessionRunInputs(session) == 0)
    }
}
