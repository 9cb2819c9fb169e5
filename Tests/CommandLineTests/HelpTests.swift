import Testing

@Suite struct HelpTests {
    @Test(arguments: ["inspect", "check", "convert", "run", "diff", "verify", "bench", "layers"])
    func helpOfCommands(_ command: String) throws {
        let answer = try NNConv.run(command, "--help")
        #expect(answer.status == 0)
        #expect(answer.errors.isEmpty)
        try expectSnapshot(answer.output, "help-" + command)
    }

    @Test func help() throws {
        let answer = try NNConv.run("--help")
        #expect(answer.status == 0)
        try expectSnapshot(answer.output, "help")
    }

    @Test func version() throws {
        let answer = try NNConv.run("--version")
        #expect(answer.status == 0)
        #expect(answer.output.split(separator: ".").count == 3)
    }

    @Test(arguments: [
        ["frobnicate"], ["inspect"], ["inspect", "a", "b"], ["convert", "a.h5"], ["convert", "a.h5", "b.txt"],
        ["convert", "a.h5", "b.nnc", "--strip", "everything"], ["run", "a.nnc"], ["run", "a.nnc", "--input", "x", "--output", "y.pdf"],
        ["bench", "a.nnc", "--batch", "0"], ["layers", "Dense", "--json", "--markdown"], ["verify", "a.nnc", "--golden", "x.npz", "--atol", "-1"],
    ])
    func wrongUsage(_ arguments: [String]) throws {
        let answer = try NNConv.run(arguments)
        #expect(answer.status == 64)
        #expect(answer.output.isEmpty)
        #expect(!answer.errors.isEmpty)
    }
}
