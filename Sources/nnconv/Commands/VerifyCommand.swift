import ArgumentParser
import KerasFiles
import NNConvert
import NNInference
import TensorFiles

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks that a model computes what it should.",
        discussion: """
            Without options, a .nnc file answers the verification vectors that it holds. With --golden the model's answers are compared with a \
            recording: an .npz file with the model's inputs and outputs by name, or as input_0, output_0 and so on; what it holds by the name \
            of a layer is compared with what that layer puts out. With --against two models of any formats answer the same made-up inputs. \
            Where something departs, the first layer that does is named. Two numbers agree if they differ by no more than the absolute \
            tolerance or the relative one times the expected one. Exit code 1 if any do not.
            """)

    @Argument(help: "A model of any format.", completion: .file()) var model: String
    @Option(help: ArgumentHelp("Recorded inputs and outputs.", valueName: "npz"), completion: .file()) var golden: String?
    @Option(help: ArgumentHelp("A model that should answer the same.", valueName: "model"), completion: .file()) var against: String?
    @Option(help: "Relative tolerance: 1e-4 unless given, 1e-3 for verification vectors.") var rtol: Double?
    @Option(help: "Absolute tolerance: 1e-5 unless given, 1e-6 for verification vectors.") var atol: Double?
    @OptionGroup var reading: ReadingArguments
    @Flag(help: "Report as a JSON object.") var json = false

    func validate() throws {
        guard [rtol, atol].allSatisfy({ $0 ?? 0 >= 0 }) else { throw ValidationError("Tolerances are not negative.") }
        guard golden == nil || against == nil else { throw ValidationError("Give --golden or --against, not both.") }
    }

    func run() throws {
        let file = try reading.open(model)
        let report: VerificationReport
        if let golden {
            report = VerificationReport(file: model, reference: golden, verification: try compare(file, golden: golden))
        } else if let against {
            let other = try ReadingArguments.openOther(against)
            report = VerificationReport(file: model, reference: against, verification: try verified(against) { () throws(VerificationError) in
                try file.verify(against: other, tolerance: tolerance)
            })
        } else {
            return try replay(file)
        }
        if json { try StandardOutput.print(report.json.serialized()) } else { try StandardOutput.print(report.lines) }
        if !report.verification.isClose { throw ExitCode(ExitStatus.no.rawValue) }
    }

    private var tolerance: Agreement.Tolerance { Agreement.Tolerance(absolute: atol ?? 1e-5, relative: rtol ?? 1e-4) }

    private func compare(_ file: ModelFile, golden: String) throws(Failure) -> Verification {
        let runnable = try about(model) { () throws(ConversionError) in try file.runnable() }
        let names = try about(model) { () throws(FormatError) in try InterfaceNames(runnable) }
        let recording = InputArgument(golden)
        let inputs = try recording.tensors(for: names)
        let outputs = try recording.results(for: names)
        let layers = try recording.others(for: names)
        return try verified(golden) { () throws(VerificationError) in
            try file.verify(inputs, outputs: outputs, layers: layers, tolerance: tolerance)
        }
    }

    private func verified(_ reference: String, _ body: () throws(VerificationError) -> Verification) throws(Failure) -> Verification {
        do throws(VerificationError) { return try body() } catch { throw error.failure(model: model, reference: reference) }
    }

    private func replay(_ file: ModelFile) throws {
        let tolerance = Digest.Tolerance(relative: Float(rtol ?? 1e-3), absolute: Float(atol ?? 1e-6))
        guard let report = try about(model, { () throws(CheckError) in try file.replay(tolerance: tolerance) }) else {
            throw Failure(
                Message(
                    "holds no verification vectors to compare with",
                    remedy: "Give it something else: --golden with recorded inputs and outputs, or --against with another model."),
                file: model)
        }
        try StandardOutput.print(json ? report.json(model).serialized() : Escaped.name(model) + ": " + report.words)
        if report.departure != nil { throw ExitCode(ExitStatus.no.rawValue) }
    }
}
