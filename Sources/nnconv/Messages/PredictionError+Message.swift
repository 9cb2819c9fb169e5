import NNConvert
import NNInference

extension PredictionError: Explained {
    var message: Message {
        switch self {
        case .inputCount(let inputs, let found):
            Message(
                "has \(inputs.count) inputs and got \(found): " + Self.list(inputs),
                remedy: "Name them: --input \(Escaped.name(inputs.first ?? "NAME"))=FILE.", .usage)
        case .missingInput(let name): Message("got nothing for its input \(Escaped.quoted(name))", .usage)
        case .unknownInput(let name, let inputs):
            Message("has no input \(Escaped.quoted(name)); it has " + Self.list(inputs), .usage)
        case .inputGivenTwice(let name): Message("got two tensors for its input \(Escaped.quoted(name))", .usage)
        case .shape(let input, let expected, let found):
            Message(
                "takes \(Figures.shape(expected)) for its input \(Escaped.quoted(input)) and got \(Figures.shape(found))",
                remedy: "The first dimension counts samples; one sample may come without it.")
        case .sampleCount(let input, let expected, let found):
            Message("got \(found) samples for its input \(Escaped.quoted(input)) and \(expected) for the others")
        case .noSamples(let input): Message("got no samples for its input \(Escaped.quoted(input))")
        case .element(let input, let error): error.message.prefixed("got something for its input \(Escaped.quoted(input)) that ")
        case .session(let error): error.message
        case .format(let error): error.message
        case .run(let error, let layer): error.message.at(layer.map { "layer " + Escaped.name($0) })
        }
    }

    private static func list(_ names: [String]) -> String { names.map { Escaped.quoted($0) }.joined(separator: ", ") }
}

extension Message {
    func prefixed(_ words: String) -> Message {
        var message = self
        message.what = words + what
        return message
    }

    func at(_ place: String?) -> Message {
        var message = self
        if let place { message.places.append(place) }
        return message
    }
}
