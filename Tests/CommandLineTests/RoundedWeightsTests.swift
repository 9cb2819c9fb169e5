import KerasFiles
import Testing

/// `nnconv convert --weights f16|bf16`.
@Suite struct RoundedWeightsTests {
    private static let digits = "keras-3.15.1/digits_softmax.h5"
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(arguments: [("f16", 50.0...90), ("bf16", 35.0...60), ("int8", 35.0...60)])
    func halvesTheWeightsAndSaysWhatThatDid(_ precision: String, _ decibels: ClosedRange<Double>) throws {
        let exact = folder.path("exact.nnc")
        let rounded = folder.path("rounded.nnc")
        #expect(try NNConv.run("convert", Self.digits, exact, "--strip", "source", "--quiet").status == 0)
        let answer = try NNConv.run("convert", Self.digits, rounded, "--weights", precision, "--json")
        #expect(answer.status == 0)
        let report = try JSON(parsing: Array(answer.output.utf8))
        let roundings = try #require(report["roundings"]?.arrayValue)
        #expect(roundings.count == 3)
        for (number, rounding) in roundings.enumerated() {
            let bytes = try #require(rounding["bytes"]?.intValue)
            let sourceBytes = try #require(rounding["source_bytes"]?.intValue)
            // A byte for four, and three vectors.
            let units = [25, 15, 10][number]
            #expect(bytes == (precision == "int8" ? sourceBytes / 4 + 12 * units : sourceBytes / 2))
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
