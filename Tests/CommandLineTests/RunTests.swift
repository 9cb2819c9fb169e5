import KerasFiles
import TensorFiles
import Testing

@Suite struct RunTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        let answer = try NNConv.run("convert", Fixtures.small, folder.path("m.nnc"))
        try #require(answer.status == 0)
    }

    private var recorded: [String: TensorValue] {
        get throws {
            let file = try TensorFile(reading: try ByteSource(path: Fixtures.root + "/" + Fixtures.smallArrays))
            return Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name ?? "", $0.value) })
        }
    }

    private func expectRecorded(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let found = try TensorFile(reading: try ByteSource(path: folder.path(name))).tensors
        let expected = try #require(try recorded["output_0"])
        #expect(found.count == 1, sourceLocation: sourceLocation)
        #expect(found[0].value.shape == expected.shape, sourceLocation: sourceLocation)
        let pairs = zip(try found[0].value.doubles(), try expected.doubles())
        #expect(pairs.allSatisfy { ($0 - $1).magnitude <= 1e-5 }, sourceLocation: sourceLocation)
    }

    /// Every format in, every format out, from the Keras file and from the `.nnc` file.
    @Test(arguments: ["npy", "npz", "csv", "json"])
    func formats(_ suffix: String) throws {
        let format = try #require(TensorFileFormat(rawValue: suffix))
        let input = try #require(try recorded["input_0"])
        try TensorFile([NamedTensor(suffix == "npz" ? "anything" : nil, input)]).write(to: folder.path("x." + suffix), as: format)
        for model in [Fixtures.small, folder.path("m.nnc")] {
            let answer = try NNConv.run("run", model, "--input", folder.path("x." + suffix), "--output", folder.path("y." + suffix), "--force")
            #expect(answer.status == 0)
            #expect(answer.output.isEmpty && answer.errors.isEmpty)
            try expectRecorded("y." + suffix)
        }
    }

    /// Of an archive the array is taken that carries the input's name or number.
    @Test func archivesWithExpectedResults() throws {
        #expect(try NNConv.run("run", folder.path("m.nnc"), "-i", Fixtures.smallArrays, "-o", folder.path("y.npy")).status == 0)
        try expectRecorded("y.npy")
    }

    @Test func tableOnStandardOutput() throws {
        let answer = try NNConv.run("run", folder.path("m.nnc"), "--input", "-", input: "1,2,3,4\n0,0,0,0\n")
        #expect(answer.status == 0)
        try expectSnapshot(answer.output, "run-table")
    }

    @Test func valuesOnStandardOutput() throws {
        let csv = try NNConv.run("run", folder.path("m.nnc"), "--input", "-", "--output", "-", input: "1 2 3 4\n")
        #expect(csv.status == 0)
        #expect(csv.output.split(separator: ",").count == 3)
        let json = try NNConv.run("run", folder.path("m.nnc"), "--input", "-", "--json", input: "[1, 2, 3, 4]")
        #expect(json.status == 0)
        #expect(try JSON(parsing: Array(json.output.utf8)).objectValue?.count == 1)
    }

    @Test func inputsByName() throws {
        try folder.write("x.csv", Array("1,2,3,4\n".utf8))
        #expect(try NNConv.run("run", folder.path("m.nnc"), "--input", "input_layer=" + folder.path("x.csv")).status == 0)
        let wrong = try NNConv.run("run", folder.path("m.nnc"), "--input", "other=" + folder.path("x.csv"))
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("has no input \"other\"; it has \"input_layer\""))
        #expect(
            try NNConv.run("run", folder.path("m.nnc"), "--input", folder.path("x.csv"), "--input", folder.path("x.csv")).status == 64)
    }

    @Test(arguments: [("1,2,3\n", 65, "takes (None, 4)"), ("1,2,x,4\n", 65, "line 1"), ("", 65, "is empty"), ("1,2\n3\n", 65, "line 2")])
    func wrongInputs(_ text: String, _ status: Int32, _ words: String) throws {
        let answer = try NNConv.run("run", folder.path("m.nnc"), "--input", "-", input: text)
        #expect(answer.status == status)
        #expect(answer.errors.contains(words))
        #expect(answer.output.isEmpty)
    }

    @Test func missingAndExistingFiles() throws {
        #expect(try NNConv.run("run", folder.path("m.nnc"), "--input", "nowhere.npy").status == 66)
        try folder.write("y.npy", [1])
        let answer = try NNConv.run("run", folder.path("m.nnc"), "--input", Fixtures.smallArrays, "--output", folder.path("y.npy"))
        #expect(answer.status == 73)
        #expect(try folder.read("y.npy") == [1])
    }

    /// Weights are compared with their checksums before they are used.
    @Test func damagedWeights() throws {
        var bytes = try folder.read("m.nnc")
        bytes[bytes.count - 1] ^= 1
        try folder.write("d.nnc", bytes)
        let answer = try NNConv.run("run", folder.path("d.nnc"), "--input", Fixtures.smallArrays)
        #expect(answer.status == 65)
        #expect(answer.errors.contains("does not match its checksum"))
        #expect(try NNConv.run("run", folder.path("d.nnc"), "--input", Fixtures.smallArrays, "--no-verify").status == 0)
    }

    /// Tokens beyond the table are refused with the layer's name.
    @Test func indicesBeyondTheTable() throws {
        let answer = try NNConv.run("run", "keras-2.2.4/lstm_text.h5", "--input", "-", input: "1,2,3,4,5,6,7,9999\n")
        #expect(answer.status == 65)
        #expect(answer.errors.contains("asked for entry 9999 of a table with 20"))
        #expect(answer.errors.contains("layer embedding_1"))
    }

    /// Recurrent models take as many steps as they are given where their input is open.
    @Test func openDimensions() throws {
        let answer = try NNConv.run("run", "tfkeras-2.4/dynamic_steps.h5", "--input", "tfkeras-2.4/dynamic_steps.npz", "--output", "-")
        #expect(answer.status == 0)
    }

    @Test func rowsOfATableAreSamplesLaidFlat() throws {
        let row = Array(repeating: "0.5", count: 8 * 8).joined(separator: ",")
        let answer = try NNConv.run("run", "keras-2.0.2/cnn_2d.h5", "--input", "-", input: row + "\n")
        #expect(answer.status == 65 || answer.status == 0)
    }
}
