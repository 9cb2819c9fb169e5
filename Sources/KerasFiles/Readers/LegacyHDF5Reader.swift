/// Reads a whole model from HDF5, as `model.save` wrote it up to TensorFlow 2.12 and writes it for `.h5` ever since.
enum LegacyHDF5Reader {
    static func model(_ file: HDF5File, limits: Limits) throws(KerasFileError) -> KerasModel {
        let root = file.root
        let weights = try root.group("model_weights")
        let version = try version(of: root, weights)
        let configuration = try json("model_config", of: root, limits: limits)
        var trainingConfiguration: JSON?
        if root.attributes["training_config"] != nil {
            trainingConfiguration = try json("training_config", of: root, limits: limits)
        }
        return try KerasModel(
            format: .legacyHDF5, version: version, backend: try text("backend", root, weights),
            configuration: configuration, trainingConfiguration: trainingConfiguration,
            weightGroups: try WeightListing.groups(in: weights),
            topLevelWeights: try optionalGroup("top_level_model_weights", in: weights),
            optimizerWeights: try optionalGroup("optimizer_weights", in: root),
            nameStorage: WeightListing.nameStorage(in: weights), limits: limits)
    }

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
