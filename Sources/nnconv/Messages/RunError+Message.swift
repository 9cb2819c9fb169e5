import NNInference

extension RunError: Explained {
    var message: Message {
        switch self {
        case .noSuchInput(let index): Message("has no input \(index)", .usage)
        case .noSuchOutput(let index): Message("has no output \(index)", .usage)
        case .elementCount(let expected, let found): Message("takes \(expected) elements and got \(found)")
        case .notAnIndex(let position): Message("takes whole numbers, and element \(position) of the input is none")
        case .notText(let position): Message("takes texts in UTF-8, and element \(position) of the input is none")
        case .notInVocabulary(_, let position):
            Message(
                "has no place for element \(position), which is not in its vocabulary",
                remedy: "Keras would stop here, too: the layer has num_oov_indices 0.")
        case .indexOutOfRange(_, let index, let rows):
            Message(
                "was asked for entry \(index) of a table with \(rows)", remedy: "Inputs of indices must be from 0 to \(rows - 1).")
        }
    }
}
