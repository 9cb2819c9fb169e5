import ArgumentParser
import CompactFile
import KerasFiles
import NNConvert

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Shows what is different about two models.",
        discussion: """
            Compares architecture, configuration, weights, training configuration, optimizer state and assets, each as Keras 3 would say it: a \
            change of format or of the release of Keras makes no difference. Weights are compared bit for bit; with a tolerance, two numbers \
            are the same if they differ by no more than the absolute one or the relative one times the first. Exit code 0 if the models are \
            the same, 1 if they differ. What --replace says is about the first.
            """)

    @Argument(help: "A model of any format.", completion: .file()) var first: String
    @Argument(help: "Another model of any format.", completion: .file()) var second: String
    @Option(help: "Relative tolerance for weights.") var rtol: Double?
    @Option(help: "Absolute tolerance for weights.") var atol: Double?
    @OptionGroup var reading: ReadingArguments
    @Flag(help: "Report as a JSON object.") var json = false

    func validate() throws {
        guard [rtol, atol].allSatisfy({ $0 ?? 0 >= 0 }) else { throw ValidationError("Tolerances are not negative.") }
    }

    func run() throws {
        let models = (try keras(try reading.open(first), first), try keras(try ReadingArguments.openOther(second), second))
        let tolerance = rtol == nil && atol == nil ? nil : Agreement.Tolerance(absolute: atol ?? 0, relative: rtol ?? 0)
        // Which of the two could not be read, the error does not say: the paths in it do.
        let comparison = try about("\(first), \(second)") { () throws(KerasFileError) in
            try ModelComparison(models.0, models.1, tolerance: tolerance)
        }
        let report = ComparisonReport(first: first, second: second, comparison: comparison, isExact: tolerance == nil)
        if json { try StandardOutput.print(report.json.serialized()) } else { try StandardOutput.print(report.lines) }
        if !comparison.isSame { throw ExitCode(ExitStatus.no.rawValue) }
    }

    private func keras(_ file: ModelFile, _ path: String) throws(Failure) -> KerasModel {
        guard let model = try about(path, { () throws(SourceViewError) in try file.kerasModel() }) else {
            throw Failure(
                Message(
                    "was stripped of its layers and their configuration, and has nothing to compare",
                    remedy: "nnconv verify --against compares what two models compute."),
                file: path)
        }
        return model
    }
}
