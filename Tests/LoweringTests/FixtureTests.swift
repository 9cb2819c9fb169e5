import KerasFiles
import Lowering
import NNInference
import TensorFiles
import Testing

/// Every model that real Keras wrote computes what that Keras computed, or is refused by name.
@Suite struct FixtureTests {
    /// Models that are meant to be refused; ``RefusalTests`` says how. Functional models become no program yet.
    static let refused: Set = [
        "keras-3.15.1/activation_sparsemax", "keras-3.15.1/unsupported_three", "tfkeras-2.15/unsupported_three",
    ]

    static let runnable = Fixtures.models.filter { !refused.contains($0) && !$0.contains("/functional_") }

    @Test func fixturesAreThere() {
        #expect(Self.runnable.count > 500)
        #expect(Self.refused.isSubset(of: Fixtures.models))
    }

    @Test(arguments: runnable)
    func answersAsKerasDid(_ name: String) throws {
        // Without a model there is nothing to lower; the tests of KerasFiles say what opens.
        guard let model = try? Fixtures.model(name) else { return }
        let lowered = try lower(model)
        let recorded = try Fixtures.arrays(name)
        let input = try #require(recorded["input_0"])
        let answers = try lowered.answers(input, runs: recorded["second_output_0"] == nil ? 1 : 2)
        for (answer, key) in zip(answers, ["output_0", "second_output_0"]) {
            let expected = try #require(recorded[key])
            #expect(answer.shape == expected.shape)
            #expect(agree(try answer.floats(), try expected.floats()), "\(key)")
            try MeasuredDeviations.add(answer, expected, root: model.root, isHalf: false)
        }
    }

    /// The shapes that lowering finds, with an open batch, are those of the recorded arrays.
    @Test(arguments: runnable)
    func knowsTheShapes(_ name: String) throws {
        guard let model = try? Fixtures.model(name) else { return }
        let lowered = try lower(model)
        let recorded = try Fixtures.arrays(name)
        let expected = try #require(recorded["output_0"]).shape
        let found = try #require(lowered.layers.last { $0.depth == 0 }?.outputShapes.first)
        #expect(found.rank == expected.count)
        #expect(found[0] == Shape.unknown)
        for (found, expected) in zip(found.dimensions, expected) { #expect(found == expected || found == Shape.unknown) }

        let parameters = model.root.parameterCount
        #expect(lowered.layers.filter { $0.depth == 0 }.map(\.parameters).reduce(0, +) == parameters)
        #expect(lowered.operationNames.count == lowered.program.operations.count)
    }
}

extension KerasLayer {
    /// Elements of all weights in the layer.
    fileprivate var parameterCount: Int {
        weights.map(\.tensor.count).reduce(0, +) + children.map(\.parameterCount).reduce(0, +)
    }
}
