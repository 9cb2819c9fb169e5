import ArgumentParser
import KerasFiles
import NNConvert

/// What a file does not say and its user does.
struct ReadingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What describes the model, for a file of weights: what model.to_json() gave, a config.json, or a whole model's file.", valueName: "file"),
        completion: .file())
    var architecture: String?
    @Option(help: ArgumentHelp("The weights, for a file that only describes a model.", valueName: "file"), completion: .file())
    var weights: String?
    @Option(help: ArgumentHelp("What Keras 1 computed with, which its files do not say: tensorflow or theano.", valueName: "name"))
    var backend: String?
    @Option(
        help: ArgumentHelp(
            "Read a function or layer that the file names and cannot carry as a built-in of Keras 3: '<lambda>=relu', wobble=swish, 'Custom>Sway=Identity', 'doubled=Rescaling:{\"scale\": 2}'. May be repeated.",
            valueName: "name=built-in"))
    var replace: [Replacement] = []

    /// Opens a model, of whichever format, with what goes with it.
    func open(_ path: String) throws(Failure) -> ModelFile {
        var options = ReadingOptions()
        if let architecture { options.architecture = try about(architecture) { () throws(KerasFileError) in try ByteSource(path: architecture) } }
        if let weights { options.weights = try about(weights) { () throws(KerasFileError) in try ByteSource(path: weights) } }
        options.backend = backend
        options.replacements = replace
        return try Self.open(path, options)
    }

    /// Opens a model that a command's model is compared with: the options are not about it.
    static func openOther(_ path: String) throws(Failure) -> ModelFile { try open(path, ReadingOptions()) }

    private static func open(_ path: String, _ options: ReadingOptions) throws(Failure) -> ModelFile {
        try about(path) { () throws(ModelFileError) in try ModelFile.open(path: path, options: options) }
    }
}

extension Replacement: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
