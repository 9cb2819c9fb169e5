import KerasFiles
import TensorFiles
import Testing

@Suite struct VerifyTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func recordedNumbersAgree() throws {
        let answer = try NNConv.run("verify", Fixtures.small, "--golden", Fixtures.smallArrays)
        #expect(answer.status == 0)
        #expect(answer.output.contains("numbers agree, largest difference"))
        let tight = try NNConv.run("verify", Fixtures.small, "--golden", Fixtures.smallArrays, "--rtol", "0", "--atol", "0", "--json")
        let report = try JSON(parsing: Array(tight.output.utf8))
        #expect(report["agrees"] == .bool(tight.status == 0))
    }

    /// One number changed: the answer is no, and says which.
    @Test func aDepartureIsNamed() throws {
        let recorded = try TensorFile(reading: try ByteSource(path: Fixtures.root + "/" + Fixtures.smallArrays)).tensors
        let output = try #require(recorded.first { $0.name == "output_0" }).value
        var numbers = try output.floats()
        numbers[4] += 0.5
        let changed = try recorded.map { $0.name == "output_0" ? NamedTensor("output_0", try TensorValue(shape: output.shape, floats: numbers)) : $0 }
        try TensorFile(changed).write(to: folder.path("io.npz"), as: .npz)
        let answer = try NNConv.run("verify", Fixtures.small, "--golden", folder.path("io.npz"))
        #expect(answer.status == 1)
        #expect(answer.output.contains("departs: element 4 is"))
    }

    @Test func recordingsThatDoNotFit() throws {
        let recorded = try TensorFile(reading: try ByteSource(path: Fixtures.root + "/" + Fixtures.smallArrays)).tensors
        try TensorFile(recorded.filter { $0.name == "input_0" }).write(to: folder.path("inputs.npz"), as: .npz)
        let missing = try NNConv.run("verify", Fixtures.small, "--golden", folder.path("inputs.npz"))
        #expect(missing.status == 65)
        #expect(missing.errors.contains("has no results"))
        let scalar = NamedTensor("output_0", try TensorValue(shape: [1], floats: [0]))
        try TensorFile(recorded.filter { $0.name == "input_0" } + [scalar]).write(to: folder.path("other.npz"), as: .npz)
        let shape = try NNConv.run("verify", Fixtures.small, "--golden", folder.path("other.npz"))
        #expect(shape.status == 65)
        #expect(shape.errors.contains("and the model gives"))
    }
}
