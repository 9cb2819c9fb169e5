extension KerasModel {
    /// The model that the parts of a file describe, whatever held them: the configuration is brought into Keras 3 form, and every weight
    /// finds its layer.
    ///
    /// - Throws: what keeps the parts from being one model, by layer and key.
    public init(
        format: KerasFormat, version: KerasVersion, backend: String?, configuration: JSON, trainingConfiguration: JSON?,
        weightGroups: [WeightGroup], topLevelWeights: WeightGroup?, optimizerWeights: WeightGroup?,
        nameStorage: NameStorage? = nil, limits: Limits = Limits()
    ) throws(KerasFileError) {
        // Other formats name weights by the place of their object, not by the layer.
        guard format == .legacyHDF5 else { throw KerasFileError(.unsupportedFormat(.keras3Weights)) }
        // Keras 1 arranges the weights of half its layers in another way.
        guard version.major >= 2 else { throw KerasFileError(.unsupportedFormat(.keras1)) }
        var reader = ConfigurationReader(version: version, limits: limits)
        var root = try reader.model(configuration, memberNames: weightGroups.map(\.name))
        try WeightAssignment(groups: weightGroups, path: "/model_weights", version: version).assign(to: &root)
        self.init(
            format: format, version: version, backend: backend, configuration: configuration,
            trainingConfiguration: trainingConfiguration, root: root, weightGroups: weightGroups, topLevelWeights: topLevelWeights,
            optimizerWeights: optimizerWeights, nameStorage: nameStorage, repairs: reader.repairs)
    }
}
