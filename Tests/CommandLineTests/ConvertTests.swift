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

    /// One message names everything that cannot be run; nothing is written.
    @Test(arguments: ["keras-3.15.1", "tfkeras-2.15"])
    func refusalsAreReportedTogether(_ writer: String) throws {
        let answer = try NNConv.run("convert", writer + "/unsupported_three.h5", folder.path("m.nnc"))
        #expect(answer.status == 65)
        #expect(answer.output.isEmpty)
        for words in ["sequential/doubled (Lambda)", "sequential/wobbling (Dense), activation = ", "wobble", "sequential/swaying (Custom>Sway)"] {
            #expect(answer.errors.contains(words))
        }
        try expectSnapshot(answer.errors, "unsupported-" + writer)
        #expect(folder.names.isEmpty)
    }

    @Test func outputThatCannotBeCreated() throws {
        #expect(try NNConv.run("convert", Fixtures.small, folder.path("missing/m.nnc")).status == 73)
        #expect(try NNConv.run("convert", Fixtures.small, "/dev/full", "--to", "nnc", "--force").status == 73)
    }
}
