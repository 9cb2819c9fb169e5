import KerasFiles
import KerasWriter
import NNConvert
import TensorFiles
import Testing

/// Every model, written for another Keras than its own and read again, answers as its own Keras did.
@Suite struct UpgradeTests {
    @Test(arguments: Fixtures.faithful)
    func theArchiveAnswersTheSame(_ name: String) throws {
        try expectSameAnswer(name, as: .archive, .keras3)
    }

    @Test(arguments: Fixtures.faithful)
    func theFileForKeras2AnswersTheSame(_ name: String) throws {
        try expectSameAnswer(name, as: .legacyHDF5, .keras2)
    }

    private func expectSameAnswer(_ name: String, as format: KerasFormat, _ dialect: KerasDialect) throws {
        let model = try KerasModel.open(path: Fixtures.path(name))
        guard let writer = try Unwritable.writer(model, as: format, dialect: dialect, of: name) else { return }
        let folder = try TemporaryFolder()
        let path = try folder.write(writer, named: format == .archive ? "model.keras" : "model.h5")

        // Models of which a layer became a Functional become no program yet; Keras itself answers for them in KerasClientTests.
        guard try KerasModel.open(path: path).root.graphCount == 0 else { return }
        let recorded = try Fixtures.recorded(name)
        let found = try ModelFile.open(path: path).runnable().predict([PredictionInput(try #require(recorded["input_0"]))])
        expectClose(found[0].value, try #require(recorded["output_0"]), name)
    }
}
