import ArgumentParser
import KerasFiles
import NNConvert
import NNInference
import TensorFiles

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Predicts.",
        discussion: """
            Inputs and outputs are .npy, .npz, .csv, .json or .txt files; - is standard input or output, as comma-separated values. The first \
            dimension of an input counts samples; one sample may come without it. Keras files are run directly.
            """)

    @Argument(help: "A model of any format.", completion: .file()) var model: String
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Numbers for the model, or NAME=FILE for one of its inputs. May be repeated.", valueName: "file"),
        completion: .file())
    var input: [String]
    @Option(name: .shortAndLong, help: ArgumentHelp("Where the results go; by default a table on standard output.", valueName: "file"),
        completion: .file())
    var output: String?
    @Option(help: "Threads that share the work. The numbers do not depend on it.") var threads = 1
    @OptionGroup var reading: ReadingArguments
    @Flag(help: "Replace an existing file.") var force = false
    @Flag(help: "Print the results as a JSON object.") var json = false
    @Flag(help: "Do not compare a .nnc file's weights with their checksums first.") var noVerify = false

    func validate() throws {
        guard !input.isEmpty else { throw ValidationError("Give the model something to predict from: --input FILE.") }
        guard (1...256).contains(threads) else { throw ValidationError("--threads must be from 1 to 256.") }
        guard input.filter({ InputArgument($0).path == "-" }).count <= 1 else { throw ValidationError("Standard input can be read once.") }
        if let output, output != "-", TensorFileFormat(suffixOf: output) == nil {
            throw ValidationError("What to write is not clear from \(Escaped.quoted(output)): name it .npy, .npz, .csv or .json.")
        }
    }

    func run() throws {
        if output != nil { Interruption.removesUnfinishedFiles() }
        var options = PredictionOptions()
        options.threads = threads
        options.instructionSet = try Environment.instructionSet
        let runnable = try open()
        let names = try about(model) { () throws(FormatError) in try InterfaceNames(runnable) }
        var tensors: [PredictionInput] = []
        for argument in input {
            let argument = InputArgument(argument)
            tensors += try argument.tensors(for: names, texts: takesTexts(runnable, argument.name, names))
        }
        let results = try about(model) { () throws(PredictionError) in try runnable.predict(tensors, options: options) }
        try show(TensorFile(results))
    }

    private func open() throws(Failure) -> Model {
        let file = try reading.open(model)
        let runnable = try about(model) { () throws(ConversionError) in try file.runnable() }
        if case .compact = file.content, !noVerify {
            try about(model) { () throws(FormatError) in try runnable.verify() }
        }
        return runnable
    }

    /// Whether the input of that name, or the first one, is of texts.
    private func takesTexts(_ model: Model, _ name: String?, _ names: InterfaceNames) -> Bool {
        let place = name.flatMap { names.inputs.firstIndex(of: $0) } ?? 0
        guard let inputs = model.program?.inputs, inputs.indices.contains(place) else { return false }
        return inputs[place].type == .text
    }

    private func show(_ results: TensorFile) throws(Failure) {
        switch output {
        case nil where json, "-" where json: try printJSON(results)
        case nil: try StandardOutput.print(results.tensors.flatMap { ResultTable($0).lines })
        case "-": try write(results, as: .csv)
        case let path?:
            guard let format = TensorFileFormat(suffixOf: path) else { return }
            try about(path) { () throws(TensorFileError) in try results.write(to: path, as: format, replacing: force) }
        }
    }

    /// An object with the outputs by name.
    private func printJSON(_ results: TensorFile) throws(Failure) {
        var text = "{"
        for (index, tensor) in results.tensors.enumerated() {
            let numbers = try about("standard output") { () throws(TensorFileError) in
                try TensorFile([NamedTensor(nil, tensor.value)]).bytes(as: .json)
            }
            text += (index == 0 ? "" : ",\n") + JSON.string(tensor.name ?? "output_\(index)").serialized() + ": "
            text += String(decoding: numbers.dropLast(), as: UTF8.self)
        }
        try StandardOutput.print(text + "}")
    }

    private func write(_ results: TensorFile, as format: TensorFileFormat) throws(Failure) {
        let bytes = try about("standard output") { () throws(TensorFileError) in try results.bytes(as: format) }
        try StandardOutput.write(bytes)
    }
}
