import KerasWriter
import NNConvert
import NNInference
import TensorFiles
import Testing
import KerasFiles

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Models that people published, against what the Keras of their era answered. Not part of the project: fetched and recorded by
/// `Fixtures/generator/published FOLDER`, then tested with `NNCONV_PUBLISHED=FOLDER`.
@Suite(.enabled(if: published != nil)) struct PublishedModelTests {
    @Test(arguments: published.map { Fixtures.names(in: $0) }?.filter { $0.hasSuffix(".npz") }.map { String($0.dropLast(4)) } ?? [])
    func answersAreThoseOfItsEra(_ name: String) throws {
        let folder = try #require(published)
        let recorded = try TensorFile(reading: try ByteSource(path: "\(folder)/\(name).npz")).tensors
        let input = try #require(recorded.first { $0.name == "input_0" }).value
        let expected = try #require(recorded.first { $0.name == "output_0" }).value
        let file = try ModelFile.open(path: "\(folder)/\(name).h5", options: try options(name, folder))
        // Graphs are converted only.
        guard try file.kerasModel()?.root.graph == nil else { return }
        let found = try file.runnable().predict([PredictionInput(input)])[0].value
        expectClose(found, expected, name)
        let worst = zip(try found.doubles(), try expected.doubles()).map { ($0 - $1).magnitude }.max() ?? 0
        print("\(name): \(expected.elements.count) numbers, largest difference \(worst)")
    }

    /// As today's `.keras` they are read by Keras 3.15.1, which answers the same.
    @Test(.enabled(if: KerasClient.python != nil, KerasClient.missing)) func theUpgradeAnswersTheSame() throws {
        let source = try #require(published)
        let folder = try TemporaryFolder()
        var tasks: [KerasClient.Task] = []
        for file in Fixtures.names(in: source) where file.hasSuffix(".h5") {
            let name = String(file.dropLast(3))
            let writer = try KerasWriter(try KerasModel.open(path: "\(source)/\(file)", options: try options(name, source)), as: .archive, dialect: .keras3)
            let path = try folder.write(writer, named: name + ".keras")
            tasks.append(KerasClient.Task(name: name, model: path, record: "\(source)/\(name).npz"))
        }
        #expect(tasks.count > 20)
        #expect(try KerasClient.keras.problems(tasks, in: folder) == [])
    }

    /// The description of a model whose file has its weights alone.
    private func options(_ name: String, _ folder: String) throws -> ReadingOptions {
        let path = "\(folder)/\(name).json"
        var options = ReadingOptions()
        if access(path, R_OK) == 0 { options.architecture = try ByteSource(path: path) }
        return options
    }
}

private let published = getenv("NNCONV_PUBLISHED").map { String(cString: $0) }
