import CompactFile

extension SourceViewError: Explained {
    var message: Message {
        switch self {
        case .absent:
            Message("was stripped of what it takes to give the Keras file back", remedy: "Convert the Keras file again.", .no)
        case .format(let error): error.message
        case .compression: Message("has a Keras source that cannot be expanded, or is larger than is believed")
        case .unknown(let key):
            Message("has something in its Keras source that is not understood: \(Escaped.quoted(key))", remedy: "Update nnconv.")
        case .malformed(let key):
            Message("has a damaged Keras source", at: [key.map { "key " + Escaped.quoted($0) }])
        case .keras(let error): error.message
        }
    }
}
