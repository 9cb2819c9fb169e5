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

    @Test(.enabled(if: !RecordedCase.isMatrix), arguments: RecordedCase.isMatrix ? [] : RecordedCase.all)
    func answersAsKerasDid(_ recorded: RecordedCase) throws {
        #expect(try recorded.outcome() == (recorded.refusedKey == nil ? .exact : .refused))
    }

    /// All cases of `make matrix` in one test, with an account by class of layer.
    @Test(.enabled(if: RecordedCase.isMatrix)) func wholeMatrix() throws {
        var account = MatrixAccount()
        for recorded in RecordedCase.all {
            let outcome: RecordedCase.Outcome
            do { outcome = try recorded.outcome() } catch { outcome = .wrong("\(error)") }
            account.count(recorded, outcome)
            if case .wrong(let what) = outcome { Issue.record("\(recorded): \(what)") }
        }
        #expect(account.total.cases >= 3_000)
        print(account.table)
    }
}

extension RecordedCase {
    enum Outcome: Equatable {
        /// Keras's numbers.
        case exact
        /// For the key that the case names, by its layer.
        case refused
        case wrong(String)
    }

    /// What becomes of the case. Throws when its file is not as it should be.
    func outcome() throws -> Outcome {
        let model = try model()
        let lowered: LoweredModel
        do throws(LoweringError) {
            lowered = try lower(model)
        } catch {
            let keys = error.refusals.map(\.key)
            return keys == [refusedKey] && refusedKey != nil ? .refused : .wrong("refused: \(error.refusals)")
        }
        guard refusedKey == nil else { return .wrong("not refused") }
        let input = try require(arrays["input_0"])
        let answers = try lowered.answers(input, runs: arrays["second_output_0"] == nil ? 1 : 2)
        for (answer, key) in zip(answers, ["output_0", "second_output_0"]) {
            let expected = try require(arrays[key])
            guard answer.shape == expected.shape else { return .wrong("\(key) has the shape \(answer.shape) instead of \(expected.shape)") }
            guard try agree(answer, expected, within: halfPrecisionTolerance) else { return .wrong("\(key) has other numbers") }
            try MeasuredDeviations.add(answer, expected, root: model.root, isHalf: halfPrecisionTolerance != nil)
        }
        // The shapes that lowering finds, with an open batch, are those of the recorded arrays.
        let expected = try require(arrays["output_0"]).shape
        guard let found = lowered.layers.last(where: { $0.depth == 0 })?.outputShapes.first, found.rank == expected.count,
            zip(found.dimensions, expected).allSatisfy({ $0 == $1 || $0 == Shape.unknown })
        else { return .wrong("the shape that lowering finds is another one") }
        return .exact
    }
}
