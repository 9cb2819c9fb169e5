import KerasFiles
import KerasWriter

extension KerasWriterError: Explained {
    var message: Message {
        switch self {
        case .libraryMissing(let release):
            Message(
                "cannot be written without libhdf5 \(release), which is not installed", remedy: "On Debian and Ubuntu: apt-get install libhdf5-dev.",
                .cannotCreate)
        case .libraryUnsuitable(let release):
            Message(
                "cannot be written with the libhdf5 that is installed: release \(release) is needed, for which nnconv was built",
                remedy: "Install it, or build nnconv again.", .cannotCreate)
        case .hdf5(let path): Message("cannot be written: libhdf5 refuses the object " + Escaped.quoted(path), .readOrWrite)
        case .reading(let error, let path):
            error.message.at("the weight that goes to " + Escaped.name(path))
        case .writing(let error): error.message
        case .nameTaken(let path): Message("has two objects that would both be called \(Escaped.quoted(path)) in the file")
        case .name(let name): Message("has a name that HDF5 cannot hold: " + Escaped.quoted(name))
        case .cannotBeExpressed(let list):
            list.count == 1
                ? Message("cannot be said in the Keras to be written: " + list[0].words)
                : Message("\(list.count) things in this model cannot be said in the Keras to be written", items: list.map(\.words))
        case .unsupported(let from, let to, let dialect):
            Message("is a \(from.words), which cannot be written as a \(to.words)" + (dialect == .asWritten ? "" : " for " + dialect.words))
        }
    }

    /// Whether the output is to blame, not the model.
    var isAboutOutput: Bool {
        switch self {
        case .libraryMissing, .libraryUnsuitable, .hdf5, .writing: true
        case .reading, .nameTaken, .name, .cannotBeExpressed, .unsupported: false
        }
    }
}

extension Unexpressible {
    fileprivate var words: String {
        var words = "layer " + Escaped.name(layerPath)
        if let key {
            words += ", " + Escaped.name(key)
            if let value { words += " = " + value.shortText }
        }
        return words + ": " + reason.words
    }
}

extension Unexpressible.Reason {
    fileprivate var words: String {
        switch self {
        case .noSuchClass: "there is no such class"
        case .noSuchKey: "there is no such key, and without it the layer does otherwise"
        case .noSuchValue: "nothing means this value"
        case .maskedOutput: "what it puts out at masked steps would change"
        case .unknownVariables: "which weights it has there is not known"
        case .callOrder: "it is called again with what is made of its own results, and there all calls of a layer are made at once"
        }
    }
}

extension KerasDialect {
    /// After "for ".
    var words: String {
        switch self {
        case .asWritten: "the Keras that wrote it"
        case .keras3: "Keras 3"
        case .keras30: "Keras 3.0 to 3.5"
        case .keras2: "tf.keras 2"
        }
    }
}
