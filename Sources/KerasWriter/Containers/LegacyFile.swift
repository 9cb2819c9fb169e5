import KerasFiles

/// What stands in a legacy HDF5 file: a whole model, or its weights only.
struct LegacyFile {
    /// Nil where the file has none: Keras 1.
    var version: String?
    var backend: String?
    /// Whether the weights of a whole model are labelled with both once more: since Keras 2.
    var labelsWeights = true
    var configuration: JSON
    var trainingConfiguration: JSON?
    var groups: [WrittenGroup]
    var topLevel: WrittenGroup?
    var optimizer: WrittenGroup?
    var names: NameStorage
    /// Standalone Keras labels all its texts ASCII; tf.keras and Keras 3 label these two UTF-8, where they stand on the root.
    var rootCharset: HDF5Attribute.Charset

    static let weights = "model_weights"
    static let topLevelWeights = "top_level_model_weights"
    static let optimizerWeights = "optimizer_weights"
}

/// Weights that are listed together.
struct WrittenGroup {
    var name: String
    var weights: [(name: String, tensor: Tensor)]
}

extension LegacyFile {
    /// The file with configuration and weights.
    func wholeModel() throws(KerasWriterError) -> HDF5GroupContent {
        var root = HDF5GroupContent()
        if let version { root.set("keras_version", .text(version, rootCharset)) }
        if let backend { root.set("backend", .text(backend, rootCharset)) }
        root.set("model_config", .text(configuration.serialized(.python), .ascii))
        if let trainingConfiguration {
            root.set("training_config", .text(trainingConfiguration.serialized(.python), .ascii))
        }
        try addWeights(to: &root, at: Self.weights)
        if let optimizer { try add(optimizer, to: &root, at: Self.optimizerWeights) }
        return root
    }

    /// The file with weights alone.
    func weightsOnly() throws(KerasWriterError) -> HDF5GroupContent {
        var root = HDF5GroupContent()
        try addWeights(to: &root, at: "")
        return root
    }

    private func addWeights(to root: inout HDF5GroupContent, at path: String) throws(KerasWriterError) {
        var attributes = try NameList.attributes("layer_names", groups.map(\.name), names)
        if labelsWeights, let backend { attributes.append(("backend", .text(backend, .ascii))) }
        if labelsWeights, let version { attributes.append(("keras_version", .text(version, .ascii))) }
        _ = root.change(at: path) { group in
            for (name, value) in attributes { group.set(name, value) }
        }
        for group in groups { try add(group, to: &root, at: path + "/" + group.name) }
        if let topLevel { try add(topLevel, to: &root, at: path + "/" + Self.topLevelWeights) }
    }

    private func add(_ group: WrittenGroup, to root: inout HDF5GroupContent, at path: String) throws(KerasWriterError) {
        let attributes = try NameList.attributes("weight_names", group.weights.map(\.name), names)
        let isFree = root.change(at: path) { group in
            for (name, value) in attributes { group.set(name, value) }
        }
        guard isFree else { throw .nameTaken(path: path) }
        for (name, tensor) in group.weights {
            guard root.insert(HDF5DatasetContent(tensor), at: path + "/" + name) else {
                throw .nameTaken(path: path + "/" + name)
            }
        }
    }
}
