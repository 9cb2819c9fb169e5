import KerasFiles
import NNConvert
import NNInference
import TensorFiles
import Testing

/// Every model that a Keras release wrote, converted in memory and run: the numbers are those that the same release recorded.
@Suite struct FixturePredictionTests {
    @Test(arguments: Fixtures.faithful)
    func answersAreThoseOfKeras(_ name: String) throws {
        let recorded = try Fixtures.recorded(name)
        let model = try ModelFile.open(path: Fixtures.path(name)).runnable()
        let input = try #require(recorded["input_0"])
        let expected = try #require(recorded["output_0"])

        let found = try model.predict([PredictionInput(input)])
        #expect(found.count == 1)
        expectClose(found[0].value, expected, "all at once")

        let threaded = try model.predict([PredictionInput(input)], options: options(threads: 3))
        #expect(threaded == found, "three threads")
        guard recorded["second_output_0"] == nil else { return }
        expectClose(try model.predict([PredictionInput(input)], options: options(batch: 1))[0].value, expected, "one by one")
        expectClose(try model.predict([PredictionInput(input)], options: options(set: .portable))[0].value, expected, "portable")
    }

    @Test(arguments: Refused.models.keys.sorted())
    func refusalsAreNamed(_ name: String) throws {
        let file = try ModelFile.open(path: Fixtures.path(name))
        do throws(ConversionError) {
            _ = try file.runnable()
            Issue.record("\(name) was not refused")
        } catch {
            guard case .refused(let lowering) = error else {
                Issue.record("\(error)")
                return
            }
            let found = lowering.refusals.map { refusal in
                let reason = "\(refusal.reason)".prefix { $0 != "(" }
                return refusal.path + (refusal.key.map { " " + $0 } ?? "") + ": " + reason
            }
            #expect(found == Refused.models[name])
        }
    }

    @Test func thereAreFixtures() {
        #expect(Fixtures.models.count > 500)
    }

    private func options(threads: Int = 1, batch: Int = 1_024, set: InstructionSet = .best) -> PredictionOptions {
        var options = PredictionOptions()
        options.threads = threads
        options.batchLimit = batch
        options.instructionSet = set
        return options
    }
}

/// 1e-5 absolute or 1e-4 relative. NaN is NaN, and infinities are themselves.
func expectClose(_ found: TensorValue, _ expected: TensorValue, _ what: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(found.shape == expected.shape, "\(what)", sourceLocation: location)
    guard let found = try? found.doubles(), let expected = try? expected.doubles(), found.count == expected.count else {
        Issue.record("\(what): no numbers", sourceLocation: location)
        return
    }
    let worst = zip(found, expected).enumerated().first { _, pair in
        let (found, expected) = pair
        if found == expected || (found.isNaN && expected.isNaN) { return false }
        return !((found - expected).magnitude <= max(1e-5, 1e-4 * expected.magnitude))
    }
    if let worst {
        Issue.record("\(what): element \(worst.offset) is \(worst.element.0) instead of \(worst.element.1)", sourceLocation: location)
    }
}
