import KerasFiles

extension KerasFileError: Explained {
    var message: Message {
        let places = [companion.map(\.words), path.map { "at " + Escaped.name($0) }, key.map { "key " + Escaped.quoted($0) }, offset.map { "byte \($0)" }]
        var message = kind.message
        message.places += places.compactMap { $0 }
        return message
    }
}

extension KerasFileError.Kind: Explained {
    var message: Message {
        switch self {
        case .cannotOpen(let number): Message("cannot be opened: " + systemWords(number), .noInput)
        case .notRegularFile: Message("is not a regular file", .noInput)
        case .readFailed(let number): Message("cannot be read: " + systemWords(number), .readOrWrite)
        case .truncated(let needed, let available):
            Message("ends too early: \(needed) bytes were promised here and \(available) are there", remedy: "Was the file copied completely?")
        case .notHDF5: Message("is not an HDF5 file")
        case .malformed(let structure, let flaw): Message("is damaged: the \(structure.words) \(flaw.words)")
        case .unsupportedFeature(let feature):
            Message(
                "has something that Keras does not write: " + feature.words,
                remedy: feature.isUndoneByRepacking ? "Rewrite the file with HDF5's own tool: h5repack -l CONTI -f NONE in.h5 out.h5" : nil)
        case .limitExceeded(let limit, let found, let bound): Message("has more \(limit.words) than are believed: \(found), the limit is \(bound)")
        case .json(let problem): Message("has a configuration that is not JSON: " + problem.words)
        case .zip(let problem): Message("is an archive that cannot be trusted: " + problem.words)
        case .unsupportedFormat(let format): format.message
        case .needless(let given): Message("needs no \(given.words): it has its own", remedy: given.remedy)
        case .nothingToReplace(let name, let replaceable): .nothingToReplace(name, replaceable)
        case .missingObject: Message("lacks a group or dataset that a Keras model has")
        case .missingAttribute: Message("lacks an attribute that a Keras model has")
        case .missingKey: Message("lacks a key in its configuration")
        case .wrongType(let expected, let found): Message("has \(found.words) where \(expected.words) must be")
        case .weightCount(let expected, let found): Message("has \(found) weights for a layer that has \(expected)")
        case .weightShape(let expected, let found): Message("has a weight of shape \(found) where \(expected) must be")
        case .weightsMissing(let object, let found):
            Message(
                "has no weights in \(Escaped.quoted(object)), where the layer's must be; it has "
                    + (found.isEmpty ? "no others there" : found.map { Escaped.quoted($0) }.joined(separator: ", ")),
                remedy: "Do weights and architecture belong to the same model?")
        case .weightRole(let expected, let found):
            Message("has the weight \(Escaped.quoted(found)) in the place of the layer's \(Escaped.quoted(expected))")
        case .weightsWithoutLayer: Message("has weights for a layer that its configuration does not have")
        case .layerOrder(let expected): Message("lists weights for another layer than its configuration, which has \(Escaped.quoted(expected))")
        case .duplicateName(let name): Message("has two layers called \(Escaped.quoted(name))")
        case .shardOutside(let name): Message("names a file that is not beside it: \(Escaped.quoted(name))")
        case .graph(let problem): Message("has layers that cannot call each other as it says: " + problem.words)
        case .duplicateKey(let other): Message("has two keys that mean the same, the other one being \(Escaped.quoted(other))")
        }
    }
}

extension KerasFileError.Companion {
    fileprivate var words: String {
        switch self {
        case .architecture: "in the architecture"
        case .weights: "in the weights"
        case .shard(let name): "in " + Escaped.name(name)
        }
    }
}

extension KerasFileError.Given {
    fileprivate var words: String {
        switch self {
        case .architecture: "architecture"
        case .weights: "weights"
        case .backend: "backend"
        }
    }

    fileprivate var remedy: String? {
        self == .weights ? "To give a model other weights, name the file of weights and say --architecture with this one." : nil
    }
}

extension KerasFileError.Feature {
    /// Whether HDF5's own tool can write the same content without it.
    fileprivate var isUndoneByRepacking: Bool {
        switch self {
        case .userBlock, .newerSuperblock, .addressSize, .driverInformation, .newerObjectHeader, .newerGroup, .newerAttributeStorage,
            .sharedMessage, .olderLayout, .chunkedLayout, .newerLayout, .filters, .resizableDataspace:
            true
        case .softLink, .externalLink, .sharedObject, .committedDatatype, .virtualLayout, .externalStorage, .unwrittenDataset,
            .nullDataspace, .bigEndian, .stringDataset, .datatype, .unknownMessage:
            false
        }
    }
}

extension KerasFileError.FileFormat {
    fileprivate var message: Message {
        switch self {
        case .unknown: Message("is no model file: neither HDF5 nor .keras nor .nnc")
        case .empty: Message("is empty")
        case .zip: Message("is a zip archive without a Keras model")
        case .hdf5: Message("is an HDF5 file without a Keras model")
        case .json: Message("is a JSON text, which has no weights", remedy: "Save the whole model as .h5.")
        case .savedModel: Message("is a TensorFlow SavedModel", remedy: "Load it in Keras and save it as .h5.")
        case .architecture: Message("is the description of a model, which has no weights", remedy: "Give them too: --weights FILE.")
        case .wholeModel: Message("is a whole model where weights alone must be")
        case .npzWeights:
            Message(
                "has its weights as pickled Python objects, which only Python can read",
                remedy: "Load it in Keras and save it again with weights in HDF5.")
        case .weightsOnly, .keras3Weights, .shardedWeights:
            Message(
                "has weights without the model they belong to",
                remedy: "Give its description too: --architecture FILE, which model.to_json() makes in Keras, or a whole model's file.")
        case .keras0:
            Message("was written by a Keras before 2.0, which cannot be read yet", remedy: "Load it in Keras 2 and save it again.")
        case .nnc: Message("is a .nnc file where a Keras file must be")
        }
    }
}

extension Message {
    fileprivate static func nothingToReplace(_ name: String, _ replaceable: [String]) -> Message {
        let list = replaceable.map { Escaped.quoted($0) }.joined(separator: ", ")
        return Message(
            "has nothing called \(Escaped.quoted(name)) that a built-in could stand for: "
                + (list.isEmpty ? "there is no other function or layer than Keras's own" : "there is " + list))
    }
}
