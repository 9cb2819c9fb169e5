import KerasFiles
import TensorFiles
import Testing

/// `nnconv run` with texts.
@Suite struct TextTests {
    private let folder: ScratchFolder
    private let model = "texts/keras-3.15.1/sentiment.keras"

    init() throws { folder = try ScratchFolder() }

    private func answer(_ name: String, _ content: String) throws -> [String] {
        try folder.write(name, Array(content.utf8))
        let answer = try NNConv.run("run", model, "--input", folder.path(name))
        #expect(answer.status == 0 && answer.errors.isEmpty)
        return answer.output.split(separator: "\n").map(String.init)
    }

    /// Lines of text, a column of a table, JSON, standard input and an array of numpy's are the same texts.
    @Test func everyFormatOfTexts() throws {
        let expected = ["dense_1 (2, 1)", "0.24276486", "0.24570683"]
        #expect(try answer("x.txt", "A FINE film\ndull, unseen words\n") == expected)
        #expect(try answer("x.csv", "A FINE film\n\"dull, unseen words\"\n") == expected)
        #expect(try answer("x.json", #"["A FINE film", "dull, unseen words"]"#) == expected)
        let lines = try NNConv.run("run", model, "--input", "-", input: "A FINE film\ndull, unseen words\n")
        #expect(lines.output.split(separator: "\n").map(String.init) == expected)
        let texts = try TensorValue(shape: [2], elements: .strings(["A FINE film", "dull, unseen words"]))
        try TensorFile([NamedTensor(nil, texts)]).write(to: folder.path("x.npy"), as: .npy)
        let array = try NNConv.run("run", model, "--input", folder.path("x.npy"))
        #expect(array.output.split(separator: "\n").map(String.init) == expected)
    }

    @Test func numbersAreNoTexts() throws {
        try folder.write("x.json", Array("[1, 2]".utf8))
        let answer = try NNConv.run("run", model, "--input", folder.path("x.json"))
        #expect(answer.status == 65 && answer.output.isEmpty)
    }

    @Test func identifiersKeepTheirBits() throws {
        let identifiers = try TensorValue(shape: [1, 2], elements: .int64([1 << 40 + 1, 7]))
        try TensorFile([NamedTensor(nil, identifiers)]).write(to: folder.path("x.npy"), as: .npy)
        let answer = try NNConv.run("run", "texts/keras-3.15.1/identifiers.keras", "--input", folder.path("x.npy"))
        #expect(answer.output.contains("2.3434205  -0.26383346"))
    }
}
