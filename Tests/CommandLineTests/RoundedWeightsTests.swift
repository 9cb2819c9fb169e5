import KerasFiles
import Testing

/// `nnconv convert --weights f16|bf16`.
@Suite struct RoundedWeightsTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(arguments: [("f16", 50.0...90), ("bf16", 35.0...60)])
    func halvesTheWeightsAndSaysWhatThatDid(_ precision: String, _ decibels: ClosedRange<Double>) throws {
        let exact = folder.path("exact.nnc")
        let rounded = folder.path("rounded.nnc")
        #expect(try NNConv.run("convert", Fixtures.coffee, exact, "--strip", "source", "--quiet").status == 0)
        let answer = try NNConv.run("convert", Fixtures.coffee, rounded, "--weights", precision, "--json")
        #expect(answer.status == 0)
        let report = try JSON(parsing: Array(answer.output.utf8))
        let roundings = try #require(report["roundings"]?.arrayValue)
        #expect(roundings.count == 2)
        for rounding in roundings {
            #expect(try #require(rounding["bytes"]?.intValue) * 2 == rounding["source_bytes"]?.intValue)
            #expect(decibels.contains(try #require(rounding["signal_to_noise_db"]?.doubleValue)))
            #expect(try #require(rounding["largest_error"]?.doubleValue) > 0)
        }
        #expect(report["omitted"]?[0]?["part"] == "source")
        #expect(try folder.read("rounded.nnc").count < folder.read("exact.nnc").count)

        // It runs, checks itself, and gives no Keras file back.
        #expect(try NNConv.run("verify", rounded).status == 0)
        #expect(try NNConv.run("convert", rounded, folder.path("back.keras")).status != 0)
    }

    @Test func onlyCompactFilesAreRounded() throws {
        let answer = try NNConv.run("convert", Fixtures.coffee, folder.path("m.keras"), "--weights", "f16")
        #expect(answer.status == 64)
        #expect(answer.errors.contains("Only the weights of a .nnc file can be rounded."))
        #expect(folder.names.isEmpty)
    }
}
