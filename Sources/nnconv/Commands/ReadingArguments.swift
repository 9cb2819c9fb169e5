import ArgumentParser
import KerasFiles
import NNConvert

/// What a file does not say and its user does.
struct ReadingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read a function or layer that the file names and cannot carry as a built-in of Keras 3: '<lambda>=relu', wobble=swish, 'Custom>Sway=Identity', 'doubled=Rescaling:{\"scale\": 2}'. May be repeated.",
            valueName: "name=built-in"))
    var replace: [Replacement] = []

    var options: ReadingOptions {
        var options = ReadingOptions()
        options.replacements = replace
        return options
    }

    /// Opens a model, of whichever format.
    func open(_ path: String) throws(Failure) -> ModelFile { try Self.open(path, options) }

    /// Opens a model that a command's model is compared with: the options are not about it.
    static func openOther(_ path: String) throws(Failure) -> ModelFile { try open(path, ReadingOptions()) }

    private static func open(_ path: String, _ options: ReadingOptions) throws(Failure) -> ModelFile {
        try about(path) { () throws(ModelFileError) in try ModelFile.open(path: path, options: options) }
    }
}

extension Replacement: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
