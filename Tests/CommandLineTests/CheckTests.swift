import KerasFiles
import Testing

@Suite struct CheckTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func intactFiles() throws {
        let keras = try NNConv.run("check", Fixtures.small)
        #expect(keras.status == 0)
        #expect(keras.output.hasPrefix(Fixtures.small + ": ok, converts to "))
        #expect(try NNConv.run("convert", Fixtures.small, folder.path("m.nnc")).status == 0)
        let compact = try NNConv.run("check", folder.path("m.nnc"))
        #expect(compact.status == 0)
        #expect(compact.output.hasSuffix(": ok, 4 tensors verified, 1 verification vector answered\n"))
    }

    @Test func missingFiles() throws {
        for command in ["inspect", "check", "bench"] {
            let answer = try NNConv.run(command, "nowhere.h5")
            #expect(answer.status == 66)
            #expect(answer.errors == "nnconv: nowhere.h5: cannot be opened: No such file or directory\n")
        }
        #expect(try NNConv.run("check", ".").errors == "nnconv: .: is not a regular file\n")
        #expect(try NNConv.run("check", "/dev/null").status == 66)
    }

    @Test(arguments: [
        ("empty", [], "is empty"), ("text", Array("hello".utf8), "is no model file"), ("zip", Array("PK\u{3}\u{4}abcdefghijkl".utf8), "is an archive that cannot be trusted"),
        ("cut", [0x8E, 0x4E, 0x4E], "ends too early"), ("mail", [0x8E, 0x4E, 0x4E, 0x43, 0x0A, 0x1A, 0x0A, 0], "transfer it as binary"),
    ])
    func otherFiles(_ name: String, _ bytes: [UInt8], _ words: String) throws {
        try folder.write(name, bytes)
        let answer = try NNConv.run("check", folder.path(name))
        #expect(answer.status == 65)
        #expect(answer.errors.contains(words))
        #expect(answer.errors.split(separator: "\n").count == 1)
    }

    /// Files that crash, hang or blow up libhdf5.
    @Test(arguments: try hostile())
    func hostileFiles(_ name: String) throws {
        for arguments in [["check", "hostile/" + name], ["inspect", "hostile/" + name], ["convert", "hostile/" + name, folder.path("m.nnc")]] {
            let answer = try NNConv.run(arguments)
            #expect(answer.status == 65)
            #expect(answer.duration < .seconds(1))
            #expect(answer.errors.hasPrefix("nnconv: hostile/" + name + ": "))
        }
        #expect(folder.names.isEmpty)
    }

    @Test func thereAreHostileFiles() throws {
        #expect(try Self.hostile().count == 12)
    }

    private static func hostile() throws -> [String] { Fixtures.names(in: "hostile").filter { $0.hasSuffix(".h5") } }

    /// A byte here and there, through the whole program; the tests of NNConvert try every bit.
    @Test func damagedFiles() throws {
        #expect(try NNConv.run("convert", Fixtures.small, folder.path("m.nnc")).status == 0)
        let bytes = try folder.read("m.nnc")
        for place in stride(from: 0, to: bytes.count, by: 97) {
            var damaged = bytes
            damaged[place] ^= 0x10
            try folder.write("d.nnc", damaged)
            let answer = try NNConv.run("check", folder.path("d.nnc"))
            #expect(answer.status == 65, "byte \(place)")
            #expect(!answer.errors.isEmpty)
        }
    }

    @Test func unsupportedFilesAsJSON() throws {
        let answer = try NNConv.run("check", Fixtures.unsupported, "--json")
        #expect(answer.status == 65)
        #expect(try JSON(parsing: Array(answer.output.utf8))["ok"]?.boolValue == false)
    }

    /// What a file says is never obeyed by the terminal that it is shown on.
    @Test func textOfFilesIsEscaped() throws {
        var bytes = try ScratchFolder.read(Fixtures.root + "/" + Fixtures.unsupported)
        let place = try #require(bytes.firstRange(of: Array("\"Lambda\"".utf8)))
        bytes.replaceSubrange(place, with: Array("\"\\u001b\"".utf8))
        try folder.write("m.h5", bytes)
        let answer = try NNConv.run("check", folder.path("m.h5"))
        #expect(answer.status == 65)
        #expect(answer.errors.contains("(\\u{1b})"))
        #expect(!answer.errors.utf8.contains(0x1B))
    }
}
