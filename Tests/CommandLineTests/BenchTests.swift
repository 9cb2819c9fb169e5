import KerasFiles
import Testing

@Suite struct BenchTests {
    @Test func report() throws {
        let answer = try NNConv.run("bench", Fixtures.small, "--seconds", "0.05", "--json")
        #expect(answer.status == 0)
        let report = try JSON(parsing: Array(answer.output.utf8))
        for key in ["median_us", "p10_us", "runs", "load_ms", "first_ms", "rss_mb", "arena_bytes"] {
            #expect((report[key]?.doubleValue ?? -1) > 0, "\(key)")
        }
        #expect(report["allocations_per_run"]?.intValue == 0)
        #expect(report["isa"]?.stringValue != nil)
        #expect(report["layers"] == nil)
    }

    @Test func layers() throws {
        let answer = try NNConv.run("bench", Fixtures.small, "--seconds", "0.05", "--per-layer", "--json")
        #expect(answer.status == 0)
        let layers = try #require(try JSON(parsing: Array(answer.output.utf8))["layers"]?.arrayValue)
        #expect(layers.map { $0["name"]?.stringValue } == ["dense", "dense_1"])
        #expect(layers.allSatisfy { ($0["median_us"]?.doubleValue ?? -1) > 0 })
    }

    @Test(arguments: ["baseline", "portable"])
    func instructionSets(_ name: String) throws {
        let answer = try NNConv.run(["bench", Fixtures.small, "--seconds", "0.01", "--json"], environment: ["NNCONV_ISA": name])
        #expect(answer.status == 0)
        #expect(try JSON(parsing: Array(answer.output.utf8))["isa"]?.stringValue == name)
    }

    @Test func unknownInstructionSet() throws {
        let answer = try NNConv.run(["bench", Fixtures.small], environment: ["NNCONV_ISA": "mmx"])
        #expect(answer.status == 64)
        #expect(answer.errors.contains("must be one of baseline, avx2, avx512, avx512vnni, neon, portable"))
    }

    @Test func openDimensionsAndBatches() throws {
        let arguments = ["--seconds", "0.01", "--batch", "3", "--threads", "2", "--open", "7"]
        #expect(try NNConv.run(["bench", "tfkeras-2.4/dynamic_steps.h5"] + arguments).status == 0)
    }
}
