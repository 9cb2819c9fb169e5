import ArgumentParser
import KerasFiles
import NNConvert
import NNInference
import TensorFiles

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compares a model with recorded inputs and outputs.",
        discussion: """
            The recording is an .npz file with the model's inputs and outputs by name, or as input_0, output_0 and so on. Two numbers agree if \
            they differ by no more than the absolute tolerance or the relative one times what was recorded. Exit code 1 if any do not.
            """)

    @Argument(help: "A model: .h5 or .nnc.", completion: .file()) var model: String
    @Option(help: ArgumentHelp("Recorded inputs and outputs.", valueName: "npz"), completion: .file()) var golden: String
    @Option(help: "Relative tolerance.") var rtol = 1e-4
    @Option(help: "Absolute tolerance.") var atol = 1e-5
    @Flag(help: "Report as a JSON object.") var json = false

    func validate() throws {
        guard rtol >= 0, atol >= 0 else { throw ValidationError("Tolerances are not negative.") }
    }

    func run() throws {
        let file = try about(model) { () throws(ModelFileError) in try ModelFile.open(path: model) }
        let runnable = try about(model) { () throws(ConversionError) in try file.runnable() }
        let names = try about(model) { () throws(FormatError) in try InterfaceNames(runnable) }
        let inputs = try InputArgument(golden).tensors(for: names)
        let expected = try InputArgument(golden).results(for: names)
        let results = try about(model) { () throws(PredictionError) in try runnable.predict(inputs) }

        var lines: [String] = []
        var report: [JSON] = []
        var allClose = true
        for (index, result) in results.enumerated() {
            let name = names.outputs[index]
            guard let recorded = expected[index] else { continue }
            let tolerance = Agreement.Tolerance(absolute: atol, relative: rtol)
            guard let agreement = try about(golden, { () throws(TensorFileError) in try Agreement(result.value, recorded, tolerance) }) else {
                throw Failure(
                    Message(
                        "has \(Figures.shape(recorded.shape)) for the output \(Escaped.quoted(name)), and the model gives \(Figures.shape(result.value.shape))"),
                    file: golden)
            }
            allClose = allClose && agreement.isClose
            lines.append(Escaped.name(name) + ": " + agreement.words)
            report.append(agreement.json(name))
        }
        try StandardOutput.print(json ? JSON.object(["file": .string(model), "agrees": .bool(allClose), "outputs": .array(report)]).serialized() : lines.joined(separator: "\n"))
        if !allClose { throw ExitCode(ExitStatus.no.rawValue) }
    }
}
