import CompactFile
import KerasFiles
import NNConvert
import NNInference
import Testing

@Suite struct ConversionTests {
    private func model(_ name: String) throws -> KerasModel { try KerasModel.open(path: Fixtures.path(name)) }

    /// Same model, same bytes.
    @Test(arguments: ["keras-3.15.1/nested", "keras-2.2.4/lstm_text", "tfkeras-2.10/coffee"])
    func isDeterministic(_ name: String) throws {
        #expect(try CompactConversion(model(name)).bytes() == CompactConversion(model(name)).bytes())
    }

    /// Every part that is asked for to be left out is left out, reported, and not missed when the model runs.
    @Test(arguments: CompactOptions.Part.allCases)
    func leavesPartsOut(_ part: CompactOptions.Part) throws {
        let whole = try CompactConversion(model("tfkeras-2.15/coffee"))
        let lean = try CompactConversion(model("tfkeras-2.15/coffee"), options: CompactOptions(stripping: [part]))
        #expect(whole.report.omissions.isEmpty)
        let byteCount = try #require(lean.report.byteCount)
        #expect(byteCount < whole.report.byteCount ?? 0)
        #expect(lean.report.omissions.contains { $0.part == part && $0.reason == .asked })
        #expect(try lean.bytes().count == Int(byteCount))

        let layout = try lean.model().layout
        #expect((layout.section(.source) == nil) == (part == .source))
        #expect((layout.section(.names) == nil) == (part == .names))
        #expect((layout.section(.verification) == nil) == (part == .verification))
    }

    /// Of a model that cannot be run there is nothing left without its source.
    @Test(arguments: Refused.models.keys.sorted())
    func nothingIsLeftOfRefusedModelsWithoutTheirSource(_ name: String) throws {
        let keras = try model(name)
        let reasons = try CompactConversion(keras).report.refusals
        #expect(!reasons.isEmpty)
        do {
            _ = try CompactConversion(keras, options: CompactOptions(stripping: [.source]))
            Issue.record("a file with nothing in it")
        } catch .refused(let error) {
            #expect(error.refusals == reasons)
        }
    }

    @Test func largeModelsGetNoReferenceRun() throws {
        var options = CompactOptions()
        options.verificationWork = 10
        let slow = try CompactConversion(model("keras-3.15.1/mlp_4_8_3"), options: options)
        #expect(slow.report.omissions.map(\.reason) == [.tooMuchWork(multiplyAccumulates: 56)])
        options.verificationBytes = 267
        let large = try CompactConversion(model("keras-3.15.1/mlp_4_8_3"), options: options)
        #expect(large.report.omissions.map(\.reason) == [.tooManyBytes(268)])
    }

    /// Every fixture with everything in it: no byte is left unexplained, this machine answers the vector as recorded, the Keras
    /// model comes back, and what it converts to is the same file. A model that cannot be run has no program, and everything else.
    @Test(arguments: Fixtures.models)
    func files(_ name: String) throws {
        let keras = try model(name)
        let conversion = try CompactConversion(keras)
        let bytes = try conversion.bytes()
        let compact = try Model(bytes: bytes)
        #expect((compact.program == nil) == Refused.contains(name))
        #expect(conversion.report.refusals.isEmpty == (compact.program != nil))
        let parts = FileMap(compact.layout).parts
        #expect(parts.first?.range.lowerBound == 0)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.range.upperBound == $1.range.lowerBound })
        #expect(parts.last?.range.upperBound == bytes.count)

        try compact.verify()
        for vector in try compact.verification { #expect(try compact.replay(vector) == nil) }

        let back = try CompactFileReader(ByteSource(bytes)).kerasModel()
        #expect(back.configuration == keras.configuration)
        #expect(back.trainingConfiguration == keras.trainingConfiguration)
        #expect(try CompactConversion(back).bytes() == bytes)
    }
}
