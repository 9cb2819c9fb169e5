import KerasFiles
import Testing

@Suite struct ConvertTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// The answer without the seconds, which differ from run to run, and the name of the folder.
    private func steady(_ text: String) -> String {
        var words = text.replacing(folder.root, with: "FOLDER").split(separator: " ", omittingEmptySubsequences: false)
        for index in words.indices.dropLast() where words[index].contains(".") && words[index + 1].hasPrefix("s\n") { words[index] = "0.000" }
        return words.joined(separator: " ")
    }

    @Test func converts() throws {
        let answer = try NNConv.run("convert", Fixtures.small, folder.path("m.nnc"), "--strip", "source")
        #expect(answer.status == 0)
        #expect(answer.errors.isEmpty)
        try expectSnapshot(steady(answer.output), "convert")
    }

    @Test func saysWhatIsLeftOut() throws {
        let answer = try NNConv.run("convert", Fixtures.coffee, folder.path("m.nnc"), "--strip", "source,names,verification")
        #expect(answer.status == 0)
        try expectSnapshot(steady(answer.output), "convert-stripped")
    }

    @Test func reportsAsJSON() throws {
        let answer = try NNConv.run("convert", Fixtures.coffee, folder.path("m.nnc"), "--json")
        #expect(answer.status == 0)
        let report = try JSON(parsing: Array(answer.output.utf8))
        #expect(report["written"]?.boolValue == true)
        #expect(report["output_bytes"]?.intValue == (try folder.read("m.nnc").count))
        #expect(report["seconds"]?.doubleValue != nil)
        #expect(report["omitted"]?.arrayValue?.isEmpty == true)
        #expect(report["repairs"]?.arrayValue?.isEmpty == false)
    }

    /// Same model, same bytes; and the sizes that the format promises.
    @Test(arguments: [(["--strip", "source"], 650), (["--strip", "source,names,verification"], 512), ([], 1_400)])
    func sizes(_ arguments: [String], _ limit: Int) throws {
        for name in ["a.nnc", "b.nnc"] {
            #expect(try NNConv.run(["convert", Fixtures.small, folder.path(name)] + arguments).status == 0)
        }
        let bytes = try folder.read("a.nnc")
        #expect(bytes.count <= limit)
        #expect(try folder.read("b.nnc") == bytes)
    }

    @Test func existingFilesAreKept() throws {
        try folder.write("m.nnc", [1, 2, 3])
        let answer = try NNConv.run("convert", Fixtures.small, folder.path("m.nnc"))
        #expect(answer.status == 73)
        #expect(answer.errors.contains("m.nnc: exists already. Use --force to replace it."))
        #expect(try folder.read("m.nnc") == [1, 2, 3])

        #expect(try NNConv.run("convert", Fixtures.small, folder.path("m.nnc"), "--force").status == 0)
        #expect(try folder.read("m.nnc").count > 300)
        #expect(folder.names == ["m.nnc"])
    }

    @Test func dryRunWritesNothing() throws {
        let answer = try NNConv.run("convert", Fixtures.small, folder.path("m.nnc"), "--dry-run")
        #expect(answer.status == 0)
        #expect(answer.output.hasPrefix("would write "))
        #expect(folder.names.isEmpty)
    }

    @Test func quiet() throws {
        let answer = try NNConv.run("convert", Fixtures.small, folder.path("m.nnc"), "--quiet")
        #expect(answer.status == 0)
        #expect(answer.output.isEmpty && answer.errors.isEmpty)
        #expect(folder.names == ["m.nnc"])
    }

    /// What cannot be run is kept, and one message names every reason; later commands say the same of the file. Without the source there
    /// would be nothing in it.
    @Test(arguments: ["keras-3.15.1", "tfkeras-2.15"])
    func modelsThatCannotBeRunAreKept(_ writer: String) throws {
        let (input, path) = (writer + "/unsupported_three.h5", folder.path("m.nnc"))
        let answer = try NNConv.run("convert", input, path, "--quiet")
        #expect(answer.status == 0)
        #expect(answer.output.isEmpty)
        for words in ["sequential/doubled (Lambda)", "sequential/wobbling (Dense), activation = ", "wobble", "sequential/swaying (Custom>Sway)"] {
            #expect(answer.errors.contains(words))
        }
        try expectSnapshot(answer.errors.replacing(folder.root, with: "FOLDER"), "unsupported-" + writer)
        for arguments in [["check", path], ["run", path, "--input", Fixtures.smallArrays], ["bench", path]] {
            let refusal = try NNConv.run(arguments)
            #expect(refusal.status == 65)
            #expect(refusal.errors.split(separator: "\n").dropFirst() == answer.errors.split(separator: "\n").dropFirst())
        }
        let inspection = try NNConv.run("inspect", path)
        #expect(inspection.status == 0)
        for words in ["swaying (Custom>Sway)", "Runnable: no, because of", "layer sequential/doubled (Lambda): it holds code"] {
            #expect(inspection.output.contains(words))
        }
        #expect(try NNConv.run("convert", path, folder.path("m.h5")).status == 0)

        let stripped = try NNConv.run("convert", input, folder.path("s.nnc"), "--strip", "source")
        #expect(stripped.status == 65)
        #expect(stripped.errors.split(separator: "\n").dropFirst() == answer.errors.split(separator: "\n").dropFirst())
        #expect(folder.names == ["m.h5", "m.nnc"])
    }

    @Test(arguments: [
        (["m.bin"], "What to write is not clear"), (["m.keras", "--strip", "names"], "Only a .nnc file can be stripped"),
        (["m.nnc", "--dialect", "3"], "A .nnc file has no dialect"), (["m.h5", "--flash"], "Only a .nnc file"),
    ])
    func wrongUsage(_ arguments: [String], _ words: String) throws {
        let answer = try NNConv.run(["convert", Fixtures.small] + arguments)
        #expect(answer.status == 64)
        #expect(answer.errors.contains(words))
    }

    @Test func outputThatCannotBeCreated() throws {
        #expect(try NNConv.run("convert", Fixtures.small, folder.path("missing/m.nnc")).status == 73)
        #expect(try NNConv.run("convert", Fixtures.small, "/dev/full", "--to", "nnc", "--force").status == 73)
    }
}
