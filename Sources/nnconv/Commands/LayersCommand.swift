import ArgumentParser
import KerasFiles
import Lowering

struct LayersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layers",
        abstract: "Shows which layers of Keras run, with which options.",
        discussion: """
            Every layer class of Keras, and of one that is named every option and what becomes of its values: exact is what Keras computes; rounded \
            is that in single precision, where Keras is told another; without effect changes nothing about predictions; refused is never run. A \
            key that is not listed is refused. The lists are made from the same tables that models are checked with.
            """)

    @Argument(help: "A layer class, by the name of any Keras release: all of them if none is given.") var name: String?
    @Flag(help: "Report as a JSON object.") var json = false
    @Flag(help: "Report as a page of documentation.") var markdown = false
    @Option(
        help: ArgumentHelp("Measured deviations to put into the page: what make matrix writes.", valueName: "json"), completion: .file(extensions: ["json"]))
    var deviations: String?

    func validate() throws {
        guard !(json && markdown) else { throw ValidationError("Give --json or --markdown, not both.") }
    }

    func run() throws {
        let report = LayersReport(entries: try selected(), deviations: try measured())
        if json { return try StandardOutput.print(name == nil ? report.json.serialized() : report.entries[0].json(report.deviations).serialized()) }
        try StandardOutput.print(markdown ? report.page : name == nil ? report.list : report.entries[0].lines)
    }

    private func selected() throws(Failure) -> [LayerEntry] {
        guard let name else { return LayerEntry.all }
        guard let entry = LayerEntry.all.first(where: { $0.name == name || $0.formerNames.contains(name) }) else {
            throw Failure(Message("is not one of Keras's layers", remedy: "nnconv layers lists all that are known.", .no), file: name)
        }
        return [entry]
    }

    private func measured() throws(Failure) -> LayerDeviations? {
        guard let deviations else { return nil }
        let json = try about(deviations) { () throws(KerasFileError) in
            let source = try ByteSource(path: deviations)
            return try JSON(parsing: try source.read(at: 0, count: Int(clamping: source.size)), limits: Limits())
        }
        guard let result = LayerDeviations(json) else { throw Failure(Message("holds no deviations"), file: deviations) }
        return result
    }
}
