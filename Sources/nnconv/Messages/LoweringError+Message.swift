import KerasFiles
import Lowering
import NNInference

extension LoweringError: Explained {
    var message: Message {
        guard refusals.count != 1 else { return Message("cannot be run: " + refusals[0].words, remedy: refusals[0].remedy) }
        var remedies: [String] = []
        for remedy in refusals.compactMap(\.remedy) where !remedies.contains(remedy) { remedies.append(remedy) }
        return Message(
            "\(refusals.count) things in this model cannot be run", items: refusals.map(\.words),
            remedy: remedies.isEmpty ? nil : remedies.joined(separator: " "))
    }
}

extension Refusal {
    /// Layer, key and value, and what is wrong with them.
    var words: String {
        var words = "layer " + Escaped.name(path)
        if !className.isEmpty { words += " (" + Escaped.name(className) + ")" }
        if let key {
            words += ", " + Escaped.name(key)
            if let value { words += " = " + value.shortText }
        }
        return words + ": " + reason.words
    }

    /// What the user can do about it.
    var remedy: String? {
        switch reason {
        case .containsCode where isFunction:
            "Code in a model file is never run: name a built-in function that does the same with --replace NAME=FUNCTION."
        case .containsCode where key != nil: "Code in a model file is never run: do this part in your program, before the model."
        case .containsCode:
            "Code in a model file is never run: name a built-in layer that does the same with --replace NAME=CLASS, or end the model before it and do the rest in your program."
        case .unsupportedValue where isFunction && !isBuiltInFunction:
            "If a built-in function does the same as a function of your own, name it with --replace NAME=FUNCTION."
        case .unsupportedValue where isFunction: "Retrain with another function."
        case .unknownClass where LayerVariables.hasClass(className):
            "End the model before it and do the rest in your program, or do it there before the model."
        case .unknownClass where key == nil:
            "If a built-in layer does the same as a layer of your own, name it with --replace NAME=CLASS."
        case .functionalGraph: "Only Sequential models can be run so far."
        case .defectiveInKeras: "Retrain with another function."
        case .filePath, .missingVocabulary: "Save the model as .keras, which has the vocabularies in it, or give the layer its vocabulary as a list."
        case .openLength: "Give the layer an output_sequence_length."
        default: nil
        }
    }

    /// Whether the value stands for a function that numbers go through.
    private var isFunction: Bool { key == "activation" || key == "recurrent_activation" }

    private var isBuiltInFunction: Bool { value?.stringValue.map { ActivationNames.builtIn.contains($0) } ?? false }
}

extension Refusal.Reason {
    var words: String {
        switch self {
        case .unknownClass: "this class is not one of Keras's that can be run"
        case .containsCode: "it holds code, which is never run"
        case .functionalGraph: "a graph of layers cannot be run yet"
        case .undeclaredKey: "what this key changes is not known"
        case .missingKey: "the key is missing"
        case .wrongType(let expected): "it must be \(expected.words)"
        case .unsupportedValue(let allowed): "this value is not supported" + Self.list(allowed)
        case .conflict(let other): "it contradicts \(Escaped.name(other))"
        case .numberType: "numbers of this type cannot be run"
        case .defectiveInKeras: "Keras itself computes something else than this function is defined to be"
        case .filePath: "it is the path of a file, and nothing is read from beside a model"
        case .missingVocabulary: "the vocabulary was learned, and the file does not have it"
        case .vocabularyFile: "the vocabulary's file is damaged, or has entries that Keras takes for several"
        case .openLength: "the result would be as long as the longest text"
        case .missingLayer: "the layer inside is missing, or is one that cannot be there"
        case .unsupportedInside(let wrapper): "it cannot be run inside \(Escaped.name(wrapper))"
        case .severalOutputs(let count): "it has \(count) outputs where the model goes on with one"
        case .missingWeight(let role): "the file lacks its \(Escaped.name(role))"
        case .unexpectedWeight(let role): "the file has a weight \(Escaped.name(role)) that the layer, as configured, has not"
        case .weightShape(let role, let expected, let found):
            "its \(Escaped.name(role)) has the shape \(Figures.shape(found)) and must have \(Figures.shape(expected))"
        case .weightType(let role, let found): "its \(Escaped.name(role)) is \(found.rawValue), which the layer, as configured, does not take"
        case .weightContent(let role): "its \(Escaped.name(role)) is damaged"
        case .kernelOrder(let backend?): "it is not known in which order \(Escaped.name(backend)) takes its kernel"
        case .kernelOrder(nil):
            "its kernel may be either way round, and Keras 1 does not say: tell with --backend tensorflow or --backend theano what it computed with"
        case .unknownInputShape: "the shape of the model's input is not known"
        case .integerInput: "it gets whole numbers, with which Keras computes differently"
        case .textInput: "it gets texts where it takes numbers, or numbers where it takes texts"
        case .unsupportedMask: "it gets a mask that it cannot take"
        case .shape(let problem): problem.words
        }
    }

    private static func list(_ allowed: [JSON]) -> String {
        // A list that fills the screen hides what it is about.
        guard (1...8).contains(allowed.count) else { return "" }
        return "; supported: " + allowed.map { $0.stringValue.map { Escaped.name($0) } ?? $0.shortText }.joined(separator: ", ")
    }
}

extension JSON {
    /// The value as JSON on one line, cut off when it is long.
    var shortText: String { Escaped.name(serialized(.python), limit: 100) }
}
