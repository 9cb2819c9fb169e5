import ArgumentParser
import KerasFiles
import NNConvert

/// What goes with a file that is only a part of a model.
struct CompanionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What describes the model, for a file of weights: what model.to_json() gave, a config.json, or a whole model's file.", valueName: "file"),
        completion: .file())
    var architecture: String?
    @Option(help: ArgumentHelp("The weights, for a file that only describes a model.", valueName: "file"), completion: .file())
    var weights: String?
    @Option(help: ArgumentHelp("What Keras 1 computed with, which its files do not say: tensorflow or theano.", valueName: "name"))
    var backend: String?

    /// Opens a model's file with what goes with it.
    func open(_ path: String) throws(Failure) -> ModelFile {
        var options = ReadingOptions()
        if let architecture { options.architecture = try about(architecture) { () throws(KerasFileError) in try ByteSource(path: architecture) } }
        if let weights { options.weights = try about(weights) { () throws(KerasFileError) in try ByteSource(path: weights) } }
        options.backend = backend
        let opening = options
        return try about(path) { () throws(ModelFileError) in try ModelFile.open(path: path, options: opening) }
    }
}
