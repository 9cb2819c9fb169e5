import FileOutput
import KerasFiles
import KerasWriter
import NNConvert
import TensorFiles
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Every model that an older release wrote, written as today's `.keras` and read again, answers as its own Keras did.
@Suite struct UpgradeTests {
    @Test(arguments: Fixtures.models.filter { Refused.models[$0] == nil })
    func theArchiveAnswersTheSame(_ name: String) throws {
        let model = try KerasModel.open(path: Fixtures.path(name))
        let writer: KerasWriter
        do throws(KerasWriterError) {
            writer = try KerasWriter(model, as: .archive, dialect: .keras3)
        } catch {
            // What Keras 3 has no words for is refused by name; see KerasWriterTests.
            guard case .cannotBeExpressed = error else { throw error }
            return
        }
        let path = "/tmp/nnconv-upgrade-\(getpid())-\(UInt64.random(in: .min ... .max)).keras"
        defer { unlink(path) }
        var file = try OutputFile(path: path)
        try writer.write(to: &file)
        try file.commit()

        let recorded = try Fixtures.recorded(name)
        let found = try ModelFile.open(path: path).runnable().predict([PredictionInput(try #require(recorded["input_0"]))])
        expectClose(found[0].value, try #require(recorded["output_0"]), name)
    }
}
