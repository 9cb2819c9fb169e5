import CAllocationCounter
import KerasFiles
import NNConvert
import NNInference
import TensorFiles
import Testing

/// Archives whose layers have learned vocabularies, given texts and 64-bit identifiers.
@Suite struct TextModelTests {
    static let models = Fixtures.names(in: Fixtures.root + "/texts").flatMap { writer in
        Fixtures.names(in: Fixtures.root + "/texts/" + writer).filter { $0.hasSuffix(".keras") }.map { "texts/\(writer)/\($0.dropLast(6))" }
    }

    private func open(_ name: String) throws -> KerasModel { try KerasModel.open(path: "\(Fixtures.root)/\(name).keras") }

    @Test func modelsAreThere() { #expect(Self.models.count >= 9) }

    @Test(arguments: models) func answersAsKerasDid(_ name: String) throws {
        let recorded = try Fixtures.recorded(name)
        let input = PredictionInput(try #require(recorded["input_0"]))
        let answers = try CompactConversion(try open(name)).model().predict([input])
        expectClose(answers[0].value, try #require(recorded["output_0"]), name)
    }

    /// A run with texts that are no longer than those before allocates nothing.
    @Test(arguments: ["texts/keras-3.15.1/sentiment", "texts/keras-3.15.1/tags"]) func aSecondRunAllocatesNothing(_ name: String) throws {
        let recorded = try #require(try Fixtures.recorded(name)["input_0"])
        var session = try Session(try CompactConversion(try open(name)).model(), batch: recorded.shape[0])
        try session.setInput(0, try recorded.strings())
        try session.run()
        allocation_counter_start()
        try session.run()
        #expect(allocation_counter_stop() == 0)
    }

    @Test func textsAreCheckedAndCopied() throws {
        var session = try Session(try CompactConversion(try open("texts/keras-3.15.1/sentiment")).model(), batch: 2)
        let bytes = Array("a fine filmdull".utf8)
        let ends = [11, 15]
        try session.setInput(0, utf8: bytes.span, ends: ends.span)
        try session.run()
        let answer = try session.outputElements(0)
        #expect(try session.run(["a fine film", "dull"]) == answer)
        #expect(failure { () throws(RunError) in try session.setInput(0, utf8: notUTF8.span, ends: ofTwo.span) } == .notText(position: 1))
        #expect(failure { () throws(RunError) in try session.setInput(0, utf8: bytes.span, ends: tooFar.span) } == .notText(position: 0))
        #expect(failure { () throws(RunError) in try session.setInput(0, ["one"]) } == .elementCount(expected: 2, found: 1))
        #expect(failure { () throws(RunError) in try session.setInput(0, numbers.span) } == .notText(position: 0))
    }

    private let notUTF8: [UInt8] = [0x61, 0xFF]
    private let ofTwo = [1, 2]
    private let tooFar = [16, 15]
    private let numbers: [Float] = [1, 2]

    private func failure(_ body: () throws(RunError) -> Void) -> RunError? {
        do throws(RunError) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test func aLearnedVocabularyMustBeInTheFile() throws {
        var model = try open("texts/keras-3.15.1/sentiment")
        model.root.children[1].assets = []
        #expect(try CompactConversion(model).report.refusals.map(\.reason) == [.missingVocabulary])
    }
}
