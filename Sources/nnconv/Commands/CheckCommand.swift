import ArgumentParser
import KerasFiles
import NNConvert

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks that a model is intact, converts and runs.",
        discussion: """
            Reports everything that is not supported at once. A .nnc file is verified byte for byte, and answers its own \
            verification vectors on this machine.
            """)

    @Argument(help: "A model of any format.", completion: .file()) var model: String
    @OptionGroup var reading: ReadingArguments
    @Flag(help: "Report as a JSON object.") var json = false

    func run() throws {
        let report: CheckReport
        do throws(Failure) {
            let file = try reading.open(model)
            report = try about(model) { () throws(CheckError) in try file.check() }
        } catch {
            if json { try StandardOutput.print(JSON.object(["file": .string(model), "ok": false, "problem": .string(error.message.text(about: nil))]).serialized()) }
            throw error
        }
        try StandardOutput.print(json ? report.json(model).serialized() : Escaped.name(model) + ": " + report.words)
    }
}
