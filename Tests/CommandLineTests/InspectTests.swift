import KerasFiles
import Testing

@Suite struct InspectTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(arguments: ["keras-3.15.1/nested", "keras-2.0.2/lstm_text", "tfkeras-2.15/cnn_2d", "keras-3.15.1/unsupported_three", "tfkeras-2.4/dynamic_steps"])
    func kerasFiles(_ name: String) throws {
        let answer = try NNConv.run("inspect", name + ".h5")
        #expect(answer.status == 0)
        #expect(answer.errors.isEmpty)
        try expectSnapshot(answer.output, "inspect-" + name.replacing("/", with: "-"))
    }

    /// The table of parts accounts for every byte of the file.
    @Test(arguments: [[], ["--strip", "source"], ["--strip", "source,names,verification"]])
    func compactFiles(_ options: [String]) throws {
        let path = folder.path("m.nnc")
        #expect(try NNConv.run(["convert", Fixtures.coffee, path] + options).status == 0)
        let size = try folder.read("m.nnc").count

        let report = try JSON(parsing: Array(try NNConv.run("inspect", path, "--json").output.utf8))
        let parts = try #require(report["parts"]?.arrayValue)
        #expect(parts.compactMap { $0["bytes"]?.intValue }.reduce(0, +) == size)
        #expect(report["bytes"]?.intValue == size)
        #expect(report["parameters"]?.intValue == 13)
        #expect(report["runnable"]?.boolValue == true)

        let answer = try NNConv.run("inspect", path, "--tensors")
        #expect(answer.status == 0)
        let text = answer.output.replacing(folder.root, with: "FOLDER")
        #expect(text.contains("Size on disk: \(size >= 1_000 ? "1," : "")"))
        if !options.isEmpty { try expectSnapshot(text, "inspect-nnc-\(options[1].replacing(",", with: "-"))") }
    }

    @Test func tensorsOfKerasFiles() throws {
        let report = try JSON(parsing: Array(try NNConv.run("inspect", Fixtures.small, "--tensors", "--json").output.utf8))
        let tensors = try #require(report["tensors"]?.arrayValue)
        #expect(tensors.compactMap { $0["bytes"]?.intValue } == [128, 32, 96, 12])
        #expect(report["layers"]?.arrayValue?.compactMap { $0["class"]?.stringValue } == ["Dense", "Dense"])
        #expect(report["multiply_accumulates"]?.intValue == 56)
    }
}
