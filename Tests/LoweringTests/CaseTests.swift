import KerasFiles
import Lowering
import NNInference
import TensorFiles
import Testing

/// Every option of every layer, in small models of real Keras: the answers are Keras's.
///
/// `NNCONV_CASES` names a folder to take instead of `Fixtures/cases`: `make matrix` has thousands.
@Suite struct CaseTests {
    @Test func everyFileIsRead() {
        let files = Fixtures.names(in: RecordedCase.folder).flatMap { writer in
            Fixtures.names(in: "\(RecordedCase.folder)/\(writer)").map { "\(writer)/\($0)" }
        }
        #expect(!files.isEmpty)
        #expect(Set(files) == Set(RecordedCase.all.map { "\($0.writer)/\($0.family).npz" }))
    }

    @Test(arguments: RecordedCase.all)
    func answersAsKerasDid(_ recorded: RecordedCase) throws {
        let model = try recorded.model()
        let lowered = try lower(model)
        let input = try #require(recorded.arrays["input_0"])
        let answers = try lowered.answers(input, runs: recorded.arrays["second_output_0"] == nil ? 1 : 2)
        for (answer, key) in zip(answers, ["output_0", "second_output_0"]) {
            let expected = try #require(recorded.arrays[key])
            #expect(answer.shape == expected.shape)
            #expect(try agree(answer, expected, within: recorded.halfPrecisionTolerance), "\(key)")
            try MeasuredDeviations.add(answer, expected, root: model.root, isHalf: recorded.halfPrecisionTolerance != nil)
        }
        // The shapes that lowering finds, with an open batch, are those of the recorded arrays.
        let expected = try #require(recorded.arrays["output_0"]).shape
        let found = try #require(lowered.layers.last { $0.depth == 0 }?.outputShapes.first)
        #expect(found.rank == expected.count)
        for (found, expected) in zip(found.dimensions, expected) { #expect(found == expected || found == Shape.unknown) }
    }
}
