import Lowering
import NNConvert

extension ConversionError: Explained {
    var message: Message {
        switch self {
        case .refused(let error): error.message
        case .misfit(let error):
            Message(
                "has weights that do not fit: " + error.refusals.map(\.words).joined(separator: "; "),
                remedy: "Do weights and architecture belong to the same model?")
        case .output(let error): error.message
        case .compact(let error): error.message
        case .keras(let error): error.message
        case .program(let error): error.message
        case .format(let error): Message("came out as a file that is refused: " + error.message.text(about: nil) + ". This is a defect of nnconv")
        case .source(let error): error.message
        case .empty: Message("holds neither a program nor a Keras model")
        }
    }

    /// Whether the output is to blame, not the model.
    var isAboutOutput: Bool {
        switch self {
        case .output: true
        case .keras(let error): error.isAboutOutput
        case .refused, .misfit, .compact, .program, .format, .source, .empty: false
        }
    }
}

extension Message {
    /// A file was written whose model cannot be run.
    static func keptOnly(_ refusals: [Refusal]) -> Message {
        var message = LoweringError(refusals: refusals).message
        message.what = "can be given back but not run, because of"
        message.items = refusals.map(\.words)
        message.status = .done
        return message
    }
}
