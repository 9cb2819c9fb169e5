import KerasFiles
import KerasWriter
import NNConvert
import TensorFiles
import Testing

/// What TensorFlow 2.12 and 2.13 wrote in ways that nobody has written since: objects that count twice, and HDF5 in files called `.keras`.
@Suite struct EarlyArchiveTests {
    private static let weights = ["nested", "bidirectional"]

    private func model(_ name: String) throws -> KerasModel {
        var options = ReadingOptions()
        options.architecture = try ByteSource(path: "\(Fixtures.root)/weights/tfkeras-2.12/\(name).json")
        return try KerasModel.open(path: "\(Fixtures.root)/weights/tfkeras-2.12/\(name).weights.h5", options: options)
    }

    private func expectAnswer(_ path: String, of model: KerasModel) throws {
        let recorded = try TensorFile(reading: try ByteSource(path: path)).tensors
        let input = try #require(recorded.first { $0.name == "input_0" }).value
        let expected = try #require(recorded.first { $0.name == "output_0" }).value
        let found = try CompactConversion(model).model().predict([PredictionInput(input)])[0].value
        expectClose(found, expected, path)
    }

    @Test(arguments: weights) func objectsThatCountTwice(_ name: String) throws {
        let model = try model(name)
        #expect(model.format == .weights)
        // Not what Keras 3 would call them.
        #expect(model.weightGroups.contains { $0.name.contains("_layer_checkpoint_dependencies") })
        try expectAnswer("\(Fixtures.root)/weights/tfkeras-2.12/\(name).npz", of: model)
        let folder = try TemporaryFolder()
        let path = try folder.write(try KerasWriter(model, as: .archive, dialect: .keras3), named: "m.keras")
        try expectAnswer("\(Fixtures.root)/weights/tfkeras-2.12/\(name).npz", of: try KerasModel.open(path: path))
    }

    @Test func theNameDoesNotTell() throws {
        let path = "\(Fixtures.root)/named/tfkeras-2.12/nested"
        let model = try KerasModel.open(path: path + ".keras")
        #expect(model.format == .legacyHDF5 && model.version.text == "2.12.0")
        try expectAnswer(path + ".npz", of: model)
    }
}
