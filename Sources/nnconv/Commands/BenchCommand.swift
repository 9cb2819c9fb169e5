import ArgumentParser
import CAllocationCounter
import KerasFiles
import NNConvert
import NNInference

struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures how fast a model runs here, and in how much memory.",
        discussion: """
            Inputs are made up. Weights are not touched before the first run. NNCONV_ISA chooses the instruction set: baseline, avx2, avx512, avx512vnni, \
            neon or portable.
            """)

    @Argument(help: "A model: .h5 or .nnc.", completion: .file()) var model: String
    @Option(help: "Samples per run.") var batch = 1
    @Option(help: "Threads that share the work.") var threads = 1
    @Option(help: "How long to measure.") var seconds = 2.0
    @Option(help: "What to take for dimensions that the model leaves open.") var open = 64
    @Flag(help: "Also say how long each layer takes.") var perLayer = false
    @OptionGroup var reading: ReadingArguments
    @Flag(help: "Report as a JSON object.") var json = false

    func validate() throws {
        guard batch >= 1 else { throw ValidationError("--batch must be at least 1.") }
        guard (1...256).contains(threads) else { throw ValidationError("--threads must be from 1 to 256.") }
        guard seconds > 0, seconds <= 3_600 else { throw ValidationError("--seconds must be more than 0 and at most 3600.") }
        guard open >= 1 else { throw ValidationError("--open must be at least 1.") }
    }

    func run() throws {
        var benchmark = Benchmark()
        benchmark.batch = batch
        benchmark.threads = threads
        benchmark.duration = .seconds(seconds)
        benchmark.openDimension = open
        benchmark.instructionSet = try Environment.instructionSet

        let clock = ContinuousClock()
        let start = clock.now
        let file = try reading.open(model)
        let runnable = try about(model) { () throws(ConversionError) in try file.runnable() }
        let options = benchmark.sessionOptions(for: runnable)
        var session = try about(model) { () throws(ProgramError) in try Session(runnable, options: options) }
        let load = clock.now - start

        let result: Benchmark.Result
        var layers: LayerTimes?
        do throws(RunError) {
            result = try benchmark.measure(&session) { run in
                allocation_counter_start()
                run()
                return Int(allocation_counter_stop())
            }
        } catch {
            throw Failure(error, file: model)
        }
        if perLayer {
            let options = benchmark.sessionOptions(for: runnable, perLayer: true)
            var session = try about(model) { () throws(ProgramError) in try Session(runnable, options: options) }
            layers = try about(model) { () throws(RunError) in try LayerTimes(&session, duration: benchmark.duration) }
        }
        let report = BenchmarkReport(file: model, benchmark: benchmark, load: load, result: result, layers: layers)
        if json { try StandardOutput.print(report.json.serialized()) } else { try StandardOutput.print(report.lines) }
    }
}
