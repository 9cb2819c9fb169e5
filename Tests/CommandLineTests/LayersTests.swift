import KerasFiles
import Testing

@Suite struct LayersTests {
    @Test func oneLayer() throws {
        let answer = try NNConv.run("layers", "LeakyReLU")
        #expect(answer.status == 0)
        #expect(answer.errors.isEmpty)
        try expectSnapshot(answer.output, "layers-LeakyReLU")
    }

    /// Names of every release lead to the class.
    @Test func formerNames() throws {
        #expect(try NNConv.run("layers", "Convolution2D").output == NNConv.run("layers", "Conv2D").output)
    }

    @Test func unknownLayers() throws {
        let answer = try NNConv.run("layers", "Wobble\u{1B}")
        #expect(answer.status == 1)
        #expect(answer.errors == "nnconv: Wobble\\u{1b}: is not one of Keras's layers. nnconv layers lists all that are known.\n")
    }

    @Test func asJSON() throws {
        let all = try JSON(parsing: Array(try NNConv.run("layers", "--json").output.utf8), limits: Limits())
        let dense = try JSON(parsing: Array(try NNConv.run("layers", "Dense", "--json").output.utf8), limits: Limits())
        #expect(all["layers"]?.arrayValue?.contains(dense) == true)
        let units = dense["options"]?.arrayValue?.first { $0["option"] == "units" }
        #expect(
            units == [
                "option": "units", "keras": ["2", "3.0", "3.15"], "required": true,
                "values": [["values": "a whole number from 1", "outcome": "exact"], ["values": "any other", "outcome": "refused"]],
            ])
        let lambda = all["layers"]?.arrayValue?.first { $0["name"] == "Lambda" }
        #expect(lambda?["runs"] == false)
        #expect(lambda?["refused"] == "it holds code, which is never run")
    }

    /// `make support` writes the page again.
    @Test func documentation() throws {
        let answer = try NNConv.run("layers", "--markdown", "--deviations", "../docs/deviations.json")
        #expect(answer.status == 0)
        let page = String(decoding: try ScratchFolder.read(Fixtures.root + "/../docs/support.md"), as: UTF8.self)
        let isSame = answer.output == page
        #expect(isSame, "docs/support.md is out of date: make support")
    }

    @Test func deviationsThatAreNone() throws {
        #expect(try NNConv.run("layers", "--markdown", "--deviations", "keys/keras-3.15.1.json").status == 65)
        #expect(try NNConv.run("layers", "--markdown", "--deviations", "nowhere.json").status == 66)
    }
}
