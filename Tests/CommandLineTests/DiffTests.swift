import KerasFiles
import Testing

@Suite struct DiffTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func theSameModelInTwoFormats() throws {
        let compact = folder.path("coffee.nnc")
        #expect(try NNConv.run("convert", Fixtures.coffee, compact, "--quiet").status == 0)
        let answer = try NNConv.run("diff", Fixtures.coffee, compact)
        #expect(answer.status == 0)
        #expect(answer.output == "The models are the same: 4 layers, 4 weights with 13 numbers, equal bit for bit.\n")
        #expect(answer.errors.isEmpty)
        let report = try JSON(parsing: Array(try NNConv.run("diff", compact, Fixtures.coffee, "--json").output.utf8))
        #expect(report["same"] == true && report["compared"]?["numbers"] == 13)
    }

    /// One bit of the file, in the last weight.
    @Test func oneBit() throws {
        let model = try KerasModel.open(path: Fixtures.root + "/" + Fixtures.coffee)
        let weight = try #require(model.root.members.last?.weights.last)
        var bytes = try ScratchFolder.read(Fixtures.root + "/" + Fixtures.coffee)
        bytes[Int(weight.tensor.offset)] ^= 1
        try folder.write("changed.h5", bytes)
        let answer = try NNConv.run("diff", Fixtures.coffee, folder.path("changed.h5"))
        #expect(answer.status == 1)
        #expect(answer.output.hasPrefix("Layer \(model.root.members.last?.path ?? "") (Dense)\n  bias: 1 of 1 number differs, by up to "))
        #expect(answer.output.hasSuffix("The models differ.\n"))
        let report = try JSON(parsing: Array(try NNConv.run("diff", Fixtures.coffee, folder.path("changed.h5"), "--json").output.utf8))
        #expect(report["same"] == false)
        #expect(report["layers"]?[0]?["weights"]?[0]?["first_place"]?["indices"] == [0])
        let tolerant = try NNConv.run("diff", Fixtures.coffee, folder.path("changed.h5"), "--rtol", "1e-6")
        #expect(tolerant.status == 0)
        #expect(tolerant.output.hasSuffix("equal within the tolerance.\n"))
    }

    @Test func twoModels() throws {
        let answer = try NNConv.run("diff", Fixtures.coffee, Fixtures.small)
        #expect(answer.status == 1)
        try expectSnapshot(answer.output, "diff-coffee-mlp")
    }

    @Test func whatCannotBeCompared() throws {
        let compact = folder.path("coffee.nnc")
        #expect(try NNConv.run("convert", Fixtures.coffee, compact, "--strip", "source", "--quiet").status == 0)
        let stripped = try NNConv.run("diff", compact, Fixtures.coffee)
        #expect(stripped.status == 65)
        #expect(stripped.errors.contains("verify --against"))
        #expect(try NNConv.run("diff", Fixtures.coffee, "missing.h5").status == 66)
        #expect(try NNConv.run("diff", Fixtures.coffee, Fixtures.small, "--atol", "-1").status == 64)
    }
}
