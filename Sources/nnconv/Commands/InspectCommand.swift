import ArgumentParser
import KerasFiles
import NNConvert

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Shows what a model file holds.",
        discussion: """
            Layers with their output shapes and parameters, what it takes to run the model, whether it can be run and, if not, why. Of a \
            .nnc file also where every byte goes.
            """)

    @Argument(help: "A model of any format.", completion: .file()) var model: String
    @Flag(help: "List all tensors.") var tensors = false
    @OptionGroup var reading: ReadingArguments
    @Flag(help: "Report as a JSON object.") var json = false

    func run() throws {
        let file = try reading.open(model)
        let summary = try about(model) { () throws(SummaryError) in try file.summary() }
        let report = InspectionReport(path: model, file: file, summary: summary, listsTensors: tensors)
        if json { try StandardOutput.print(report.json.serialized()) } else { try StandardOutput.print(report.lines) }
    }
}
