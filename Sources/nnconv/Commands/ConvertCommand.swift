import ArgumentParser
import CompactFile
import KerasFiles
import NNConvert

struct ConvertCommand: ParsableCommand {
    /// What a model can be converted to.
    enum Target: String, ExpressibleByArgument, CaseIterable {
        case nnc, keras, h5
        case weightsH5 = "weights-h5"

        init?(suffixOf path: String) {
            let suffixes: [(String, Target)] = [(".nnc", .nnc), (".keras", .keras), (".weights.h5", .weightsH5), (".h5", .h5), (".hdf5", .h5)]
            guard let target = suffixes.first(where: { path.lowercased().hasSuffix($0.0) })?.1 else { return nil }
            self = target
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts a model to a .nnc file.",
        discussion: """
            The .nnc file holds everything that the Keras file does unless parts of it are stripped: source (what it takes to give the \
            Keras file back), optimizer, names, verification. An existing file is replaced only with --force, and nothing is ever half \
            written.
            """)

    @Argument(help: "A model: .h5 or .nnc.", completion: .file()) var input: String
    @Argument(help: "The file to write.", completion: .file()) var output: String
    @Option(help: "What to write, instead of what OUTPUT's suffix says.") var to: Target?
    @Option(help: ArgumentHelp("Leave parts out: source, optimizer, names, verification; separated by commas.", valueName: "parts"))
    var strip: StripList = StripList(parts: [])
    @Flag(help: "Align tensors to 16 bytes, for flash memory.") var flash = false
    @Flag(help: "Say what would be written, and write nothing.") var dryRun = false
    @Flag(help: "Replace an existing file.") var force = false
    @Flag(name: .shortAndLong, help: "No progress and no report.") var quiet = false
    @Flag(help: "Report as a JSON object.") var json = false

    func validate() throws {
        guard let target = to ?? Target(suffixOf: output) else {
            throw ValidationError("What to write is not clear from \(Escaped.quoted(output)). Add --to nnc.")
        }
        guard target == .nnc else { throw ValidationError("Writing \(target.rawValue) is not supported yet; only nnc is.") }
    }

    func run() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let file = try about(input) { () throws(ModelFileError) in try ModelFile.open(path: input) }
        guard let model = try about(input, { () throws(SourceViewError) in try file.kerasModel() }) else {
            throw Failure(SourceViewError.absent, file: input)
        }
        var options = ConversionOptions(stripping: strip.parts)
        if flash { options.alignment = .flash }
        let conversion = try about(input) { () throws(ConversionError) in try Conversion(model, options: options) }
        if !dryRun { try write(conversion) }
        guard !quiet else { return }
        let result = ConversionResult(
            input: input, output: output, inputBytes: file.byteCount, isDryRun: dryRun, seconds: (clock.now - start).seconds,
            report: conversion.report)
        if json { try StandardOutput.print(result.json.serialized()) } else { try StandardOutput.print(result.lines) }
    }

    private func write(_ conversion: Conversion) throws(Failure) {
        var progress = Progress("Converting", total: conversion.report.tensorBytes, isQuiet: quiet)
        defer { progress.finish() }
        do throws(ConversionError) {
            try conversion.write(to: output, replacing: force) { progress.update($0) }
        } catch {
            // The only errors that are about the output are those of writing it.
            if case .writing(.writing) = error { throw Failure(error, file: output) }
            throw Failure(error, file: input)
        }
    }
}

/// The argument of `--strip`.
struct StripList: ExpressibleByArgument {
    var parts: Set<ConversionOptions.Part>

    init(parts: Set<ConversionOptions.Part>) { self.parts = parts }

    init?(argument: String) {
        parts = []
        for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard let part = ConversionOptions.Part(rawValue: String(word)) else { return nil }
            parts.insert(part)
        }
    }

    var defaultValueDescription: String { "nothing" }
    static var allValueStrings: [String] { ConversionOptions.Part.allCases.map(\.rawValue) }
}
