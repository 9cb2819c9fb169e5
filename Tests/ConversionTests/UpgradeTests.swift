import KerasFiles
import KerasWriter
import NNConvert
import TensorFiles
import Testing

/// Every model that an older release wrote, written as today's `.keras` and read again, answers as its own Keras did.
@Suite struct UpgradeTests {
    @Test(arguments: Fixtures.models.filter { Refused.models[$0] == nil })
    func theArchiveAnswersTheSame(_ name: String) throws {
        let model = try KerasModel.open(path: Fixtures.path(name))
        guard let writer = try Unwritable.writer(model, as: .archive, dialect: .keras3, of: name) else { return }
        let folder = try TemporaryFolder()
        let path = try folder.write(writer, named: "model.keras")

        let recorded = try Fixtures.recorded(name)
        let found = try ModelFile.open(path: path).runnable().predict([PredictionInput(try #require(recorded["input_0"]))])
        expectClose(found[0].value, try #require(recorded["output_0"]), name)
    }
}
