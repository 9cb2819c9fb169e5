import KerasFiles
import Testing

/// `nnconv convert` from every format to every other.
@Suite struct FormatTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func convert(_ input: String, _ arguments: String...) throws -> NNConv.Answer {
        let answer = try NNConv.run(["convert", input] + arguments)
        #expect(answer.status == 0, "\(answer.errors)")
        return answer
    }

    /// Out of a `.nnc` file comes the file that went in.
    @Test(arguments: [("keras-3.15.1/nested.h5", "h5"), ("tfkeras-2.10/coffee.h5", "h5"), ("archives/keras-3.15.1/nested.keras", "keras")])
    func thereAndBack(_ input: String, _ suffix: String) throws {
        _ = try convert(input, folder.path("direct." + suffix))
        _ = try convert(input, folder.path("m.nnc"))
        _ = try convert(folder.path("m.nnc"), folder.path("back." + suffix))
        #expect(try folder.read("back." + suffix) == folder.read("direct." + suffix))
        let (a, b) = (try KerasModel.open(path: Fixtures.root + "/" + input), try KerasModel.open(path: folder.path("back." + suffix)))
        #expect(a.configuration == b.configuration)
        #expect(a.trainingConfiguration == b.trainingConfiguration)
    }

    /// An older model becomes today's, and the report says what was changed.
    @Test func olderModelsAreUpgraded() throws {
        let answer = try convert("tfkeras-2.10/coffee.h5", folder.path("m.keras"))
        #expect(answer.output.hasPrefix("wrote " + folder.path("m.keras") + ": "))
        #expect(answer.output.contains("\nchanged: "))
        let model = try KerasModel.open(path: folder.path("m.keras"))
        #expect(model.format == .archive)
        #expect(model.version.text == "3.15.1")

        _ = try convert("tfkeras-2.10/coffee.h5", folder.path("2.keras"), "--json")
        #expect(try folder.read("2.keras") == folder.read("m.keras"))
    }

    @Test func weightsAlone() throws {
        let answer = try convert("tfkeras-2.10/coffee.h5", folder.path("w.h5"), "--to", "legacy-weights")
        #expect(answer.output.contains("without the configuration: the format has no place for it"))
        #expect(try HDF5File(path: folder.path("w.h5")).root.attributes["layer_names"] != nil)
        let report = try JSON(parsing: Array(try convert("tfkeras-2.10/coffee.h5", folder.path("m.weights.h5"), "--json").output.utf8))
        #expect(report["output_bytes"]?.intValue == (try folder.read("m.weights.h5").count))
        #expect(report["dropped"]?.arrayValue?.contains { $0["part"] == "configuration" } == true)
    }

    /// The name of the output is not what decides when --to does.
    @Test func formatByOption() throws {
        _ = try convert(Fixtures.small, folder.path("a.h5"), "--to", "nnc")
        _ = try convert(folder.path("a.h5"), folder.path("b.nnc"), "--to", "h5")
        #expect(try KerasModel.open(path: folder.path("b.nnc")).format == .legacyHDF5)
    }

    @Test func dryRunsWriteNothing() throws {
        let answer = try convert("tfkeras-2.10/coffee.h5", folder.path("m.keras"), "--dry-run")
        #expect(answer.output.hasPrefix("would write "))
        #expect(folder.names.isEmpty)
    }
}
