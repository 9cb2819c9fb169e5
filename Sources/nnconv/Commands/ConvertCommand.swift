import ArgumentParser
import CompactFile
import KerasFiles
import KerasWriter
import NNConvert

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts a model to a file of another format, or of another Keras.",
        discussion: """
            OUTPUT's suffix says what is written, or --to does: nnc; keras, the archive of Keras 3; h5, a whole model as older Keras saves \
            it; weights-h5, the weights as model.save_weights("m.weights.h5") saves them; legacy-weights, the weights as Keras 2 saves them.

            Within one family of formats, h5 and legacy-weights or keras and weights-h5, a file comes out as it was written, key for key \
            (of what TensorFlow calls .keras only what comes out of a .nnc file). \
            Otherwise, or with --dialect, it is what Keras 3 (3), Keras 3.0 to 3.5 (3.0) or tf.keras 2 (2) reads, and every change is reported.

            A .nnc file holds everything that the Keras file does unless parts of it are stripped: source (what it takes to give the \
            Keras file back), optimizer, names, verification. A model that cannot be run is kept to be given back. An existing file is \
            replaced only with --force, and nothing is ever half written.

            --weights f16, bf16 or int8 rounds the large weights of a .nnc file to half precision, or to a byte with a factor for each \
            output channel, and says what that did to each. With int8, layers large enough to gain from it round their inputs, too, while they \
            run. Sums stay single precision. The Keras file cannot be given back then.
            """)

    @Argument(help: "A model of any format, or weights or an architecture.", completion: .file()) var input: String
    @Argument(help: "The file to write.", completion: .file()) var output: String
    @Option(help: "What to write, instead of what OUTPUT's suffix says.") var to: OutputFormat?
    @Option(help: "For which Keras to write.") var dialect: KerasDialect?
    @Option(help: ArgumentHelp("Leave parts out: source, optimizer, names, verification; separated by commas.", valueName: "parts"))
    var strip: StripList?
    @Flag(help: "Align tensors to 16 bytes, for flash memory.") var flash = false
    @Flag(help: "Say what would be written, and write nothing.") var dryRun = false
    @Flag(help: "Replace an existing file.") var force = false
    @Flag(name: .shortAndLong, help: "No progress and no report.") var quiet = false
    @OptionGroup var reading: ReadingArguments
    @Flag(help: "Report as a JSON object.") var json = false

    func validate() throws { _ = try target }

    func run() throws {
        let clock = ContinuousClock()
        let start = clock.now
        Interruption.removesUnfinishedFiles()
        var reading = reading
        if precision != nil { reading.weights = nil }
        let file = try reading.open(input)
        try about(input) { () throws(SourceViewError) in try file.verifyChecksums() }
        guard let model = try about(input, { () throws(SourceViewError) in try file.kerasModel() }) else {
            throw Failure(SourceViewError.absent, file: input)
        }
        var target = try target
        if case .keras(let format, nil) = target { target = .keras(format, file.standardDialect(as: format)) }
        let conversion = try about(input) { () throws(ConversionError) in try Conversion(model, to: target) }
        var report = conversion.report
        if !dryRun { report.byteCount = try write(conversion) }
        if !report.refusals.isEmpty { StandardError.print(Message.keptOnly(report.refusals).text(about: output)) }
        guard !quiet else { return }
        let result = ConversionResult(
            input: input, output: output, inputBytes: file.byteCount, isCompact: target.isCompact, isDryRun: dryRun,
            seconds: (clock.now - start).seconds, report: report)
        if json { try StandardOutput.print(result.json.serialized()) } else { try StandardOutput.print(result.lines) }
    }

    private func write(_ conversion: Conversion) throws(Failure) -> UInt64 {
        var progress = Progress("Converting", total: conversion.report.tensorBytes, isQuiet: quiet)
        defer { progress.finish() }
        do throws(ConversionError) {
            return try conversion.write(to: output, replacing: force) { progress.update($0) }
        } catch {
            throw Failure(error, file: error.isAboutOutput ? output : input)
        }
    }

    /// What --weights asks for when it names a number type; a file of that name can be given as ./f16.
    private var precision: WeightPrecision? { reading.weights.flatMap(WeightPrecision.init(rawValue:)) }

    private var target: Conversion.Target {
        get throws {
            guard let format = to ?? OutputFormat(suffixOf: output) else {
                throw ValidationError("What to write is not clear from \(Escaped.quoted(output)). Add --to \(OutputFormat.list).")
            }
            guard let format = format.keras else {
                guard dialect == nil else { throw ValidationError("A .nnc file has no dialect.") }
                var options = CompactOptions(stripping: strip?.parts ?? [])
                if flash { options.alignment = .flash }
                options.weights = precision
                return .compact(options)
            }
            guard strip == nil, !flash else { throw ValidationError("Only a .nnc file can be stripped or aligned.") }
            guard precision == nil else { throw ValidationError("Only the weights of a .nnc file can be rounded.") }
            return .keras(format, dialect)
        }
    }
}
