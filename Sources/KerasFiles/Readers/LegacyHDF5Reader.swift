/// Reads HDF5 with the weights listed by layer: a whole model, as `model.save` wrote it up to TensorFlow 2.12 and writes it for `.h5` ever
/// since, or its weights alone, as `save_weights` wrote them up to TensorFlow 2.11 and writes them for `.h5` ever since.
enum LegacyHDF5Reader {
    static func model(_ file: HDF5File, options: ReadingOptions) throws(KerasFileError) -> KerasModel {
        let root = file.root
        let weights = try root.group("model_weights")
        var trainingConfiguration: JSON?
        if root.attributes["training_config"] != nil {
            trainingConfiguration = try json("training_config", of: root, limits: options.limits)
        }
        return try KerasModel(
            format: .legacyHDF5, version: try version(of: root, weights),
            backend: try options.backend(written: try text("backend", root, weights)),
            configuration: try json("model_config", of: root, limits: options.limits), trainingConfiguration: trainingConfiguration,
            weightGroups: try WeightListing.groups(in: weights),
            topLevelWeights: try optionalGroup(topLevelWeights, in: weights),
            optimizerWeights: try optionalGroup("optimizer_weights", in: root),
            nameStorage: WeightListing.nameStorage(in: weights), options: options)
    }

    static func model(
        weights file: HDF5File, of architecture: Architecture, options: ReadingOptions
    ) throws(KerasFileError) -> KerasModel {
        let root = file.root
        let weightsVersion = try version(of: root, root)
        return try KerasModel(
            format: .legacyWeights, version: architecture.version ?? .unnamed, weightsVersion: weightsVersion,
            backend: try options.backend(written: try text("backend", root, root)), configuration: architecture.configuration,
            trainingConfiguration: nil, weightGroups: try WeightListing.groups(in: root),
            topLevelWeights: try optionalGroup(topLevelWeights, in: root), optimizerWeights: nil,
            nameStorage: WeightListing.nameStorage(in: root), options: options)
    }

    /// What a whole model says of itself.
    static func architecture(_ file: HDF5File, limits: Limits) throws(KerasFileError) -> Architecture {
        Architecture(try json("model_config", of: file.root, limits: limits), version: try version(of: file.root, file.root))
    }

    private static let topLevelWeights = "top_level_model_weights"

    private static func version(of root: HDF5Group, _ weights: HDF5Group) throws(KerasFileError) -> KerasVersion {
        guard let written = try text("keras_version", root, weights) else { return .unnamed }
        guard let version = KerasVersion(written) else {
            throw KerasFileError(.malformed(.attribute, .value), path: root.path, key: "keras_version")
        }
        return version
    }

    /// Files have it twice; one is enough.
    private static func text(_ name: String, _ root: HDF5Group, _ weights: HDF5Group) throws(KerasFileError) -> String? {
        if let text = try root.attributes.optionalString(name) { return text }
        return try weights.attributes.optionalString(name)
    }

    private static func json(_ name: String, of root: HDF5Group, limits: Limits) throws(KerasFileError) -> JSON {
        let text = try root.attributes.string(name)
        do {
            return try JSON(parsing: text, limits: limits)
        } catch var error {
            error.path = root.path
            error.key = error.key ?? name
            throw error
        }
    }

    private static func optionalGroup(_ name: String, in parent: HDF5Group) throws(KerasFileError) -> WeightGroup? {
        guard parent.object(name) != nil else { return nil }
        return try WeightListing.group(try parent.group(name), name: name)
    }
}
