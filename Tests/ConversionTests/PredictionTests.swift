import KerasFiles
import NNConvert
import NNInference
import TensorFiles
import Testing

@Suite struct PredictionTests {
    private func open(_ name: String) throws -> Model { try ModelFile.open(path: Fixtures.path(name)).runnable() }

    private func failure(_ model: Model, _ inputs: [PredictionInput]) -> PredictionError? {
        do throws(PredictionError) {
            _ = try model.predict(inputs)
            return nil
        } catch {
            return error
        }
    }

    @Test func oneSampleMayComeWithoutTheBatch() throws {
        let model = try open("keras-3.15.1/mlp_4_8_3")
        let one = try model.predict([PredictionInput(try TensorValue(shape: [4], floats: [1, 2, 3, 4]))])
        let batch = try model.predict([PredictionInput(try TensorValue(shape: [1, 4], floats: [1, 2, 3, 4]))])
        #expect(one == batch)
        #expect(one[0].value.shape == [1, 3])
        #expect(one[0].name == "dense_1")
    }

    /// Batches of any size give the same numbers, the last one being as small as it must be.
    @Test(arguments: [1, 2, 3, 5, 7, 100])
    func batches(_ limit: Int) throws {
        let model = try open("keras-3.15.1/mlp_4_8_3")
        let numbers = (0..<28).map { Float($0) / 8 - 1 }
        let input = PredictionInput(try TensorValue(shape: [7, 4], floats: numbers))
        var options = PredictionOptions()
        options.batchLimit = limit
        #expect(try model.predict([input], options: options) == model.predict([input]))
    }

    /// Where state goes on from sample to sample in time, a batch is not taken apart.
    @Test func statefulModelsRunInOnePiece() throws {
        let recorded = try Fixtures.recorded("keras-3.15.1/lstm_stateful")
        let model = try open("keras-3.15.1/lstm_stateful")
        var options = PredictionOptions()
        options.batchLimit = 1
        let input = PredictionInput(try #require(recorded["input_0"]))
        expectClose(try model.predict([input], options: options)[0].value, try #require(recorded["output_0"]), "stateful")
    }

    @Test func rowsOfATableAreSamplesLaidFlat() throws {
        let recorded = try Fixtures.recorded("tfkeras-2.15/cnn_2d")
        let input = try #require(recorded["input_0"])
        let flat = try TensorValue(shape: [input.shape[0], input.shape.dropFirst().reduce(1, *)], elements: input.elements)
        let model = try open("tfkeras-2.15/cnn_2d")
        expectClose(try model.predict([PredictionInput(flat, isTable: true)])[0].value, try #require(recorded["output_0"]), "table")
        guard case .shape(_, let expected, let found) = failure(model, [PredictionInput(flat)]) else {
            Issue.record("An array of another rank is no table.")
            return
        }
        #expect(expected == [-1] + input.shape.dropFirst())
        #expect(found == flat.shape)
    }

    @Test func inputsThatDoNotFit() throws {
        let model = try open("keras-3.15.1/mlp_4_8_3")
        let fitting = try TensorValue(shape: [1, 4], floats: [1, 2, 3, 4])
        if case .inputCount(["input_layer"], 2) = failure(model, [PredictionInput(fitting), PredictionInput(fitting)]) {} else { Issue.record("count") }
        if case .missingInput("input_layer") = failure(model, []) {} else { Issue.record("none") }
        if case .unknownInput("x", ["input_layer"]) = failure(model, [PredictionInput(fitting, name: "x")]) {} else { Issue.record("name") }
        let named = PredictionInput(fitting, name: "input_layer")
        if case .inputGivenTwice("input_layer") = failure(model, [named, named]) {} else { Issue.record("twice") }
        let empty = try TensorValue(shape: [0, 4], floats: [])
        if case .noSamples("input_layer") = failure(model, [PredictionInput(empty)]) {} else { Issue.record("empty") }
        let text = try TensorValue(shape: [1, 4], elements: .strings(["a", "b", "c", "d"]))
        if case .element("input_layer", _) = failure(model, [PredictionInput(text)]) {} else { Issue.record("text") }
    }

    @Test func indicesBeyondTheTableNameTheLayer() throws {
        let model = try open("keras-2.2.4/lstm_text")
        let input = try TensorValue(shape: [1, 8], floats: [1, 2, 3, 4, 5, 6, 7, 999])
        guard case .run(.indexOutOfRange(_, 999, 20), let layer) = failure(model, [PredictionInput(input)]) else {
            Issue.record("An index beyond the table was accepted.")
            return
        }
        #expect(layer == "embedding_1")
    }
}
