import KerasFiles
import TensorFiles
import Testing

/// Built-ins for what a file cannot carry: in Keras 3.15.1's file and TensorFlow 2.15's a Lambda that doubles, `wobble` (a sine) as
/// activation, and a layer of the author's.
@Suite struct ReplaceTests {
    private static let replacements = [
        "--replace", "doubled=Rescaling:{\"scale\": 2.0}", "--replace", "wobble=tanh", "--replace", "Custom>Sway=softplus",
    ]
    private static let files = ["keras-3.15.1/unsupported_three.h5", "tfkeras-2.15/unsupported_three.h5"]
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(arguments: files) func aReplacedModelRuns(_ file: String) throws {
        #expect(try NNConv.run("check", file).status == 65)
        let check = try NNConv.run(["check", file] + Self.replacements)
        #expect(check.status == 0, "\(check.errors)")
        try folder.write("x.csv", Array("0.5,-1,2,0.25\n".utf8))
        let direct = try NNConv.run(["run", file, "--input", folder.path("x.csv")] + Self.replacements)
        #expect(direct.status == 0)

        // What was replaced stays replaced in every file that is made of it.
        let compact = folder.path("m.nnc")
        let converted = try NNConv.run(["convert", file, compact] + Self.replacements)
        #expect(converted.output.contains("activation = ") && converted.output.contains(" is read as \"tanh\", as asked (sequential/wobbling)"))
        #expect(try NNConv.run("run", compact, "--input", folder.path("x.csv")).output == direct.output)
        #expect(try NNConv.run("verify", compact).status == 0)
        #expect(try NNConv.run(["diff", file, compact] + Self.replacements).status == 0)
        let archive = folder.path("m.keras")
        #expect(try NNConv.run("convert", compact, archive).status == 0)
        #expect(try NNConv.run("run", archive, "--input", folder.path("x.csv")).output == direct.output)
        // The original says something else.
        #expect(try NNConv.run("diff", file, compact).status == 1)
    }

    @Test func whatIsNotThereIsAnError() throws {
        let wrong = try NNConv.run("check", Self.files[0], "--replace", "wobbel=relu")
        #expect(wrong.status == 65)
        #expect(
            wrong.errors.contains(
                "has nothing called \"wobbel\" that a built-in could stand for: there is \"doubled\", \"wobble\", \"swaying\", \"Custom>Sway\""))
        // Keras's own layers are never replaced.
        #expect(try NNConv.run("inspect", Fixtures.small, "--replace", "dense=relu").errors.contains("no other function or layer than Keras's own"))
        // The program of a .nnc file has been made.
        let compact = folder.path("m.nnc")
        #expect(try NNConv.run("convert", Fixtures.small, compact, "--quiet", "--strip", "source").status == 0)
        #expect(try NNConv.run("bench", compact, "--replace", "wobble=relu").status == 65)
    }

    @Test(arguments: ["wobble", "wobble=frobnicate", "wobble=relu:{}x", "a=Lambda", "a=Sequential", "=relu"])
    func wrongUsage(_ argument: String) throws {
        #expect(try NNConv.run("check", Self.files[0], "--replace", argument).status == 64)
    }
}
