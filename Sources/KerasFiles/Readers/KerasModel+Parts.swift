extension KerasModel {
    /// The model that the parts of a file describe, whatever held them: the configuration is brought into Keras 3 form, and every weight
    /// finds its layer.
    ///
    /// - Throws: what keeps the parts from being one model, by layer and key.
    public init(
        format: KerasFormat, version: KerasVersion, backend: String?, configuration: JSON, trainingConfiguration: JSON?,
        metadata: JSON? = nil, weightGroups: [WeightGroup], topLevelWeights: WeightGroup?, optimizerWeights: WeightGroup?,
        otherWeights: [WeightGroup] = [], assets: [Asset] = [], nameStorage: NameStorage? = nil, limits: Limits = Limits()
    ) throws(KerasFileError) {
        let version = version.text == nil && !format.isLegacy ? .unnamedKeras3 : version
        // Keras 1 arranges the weights of half its layers in another way.
        guard version.major >= 2 else { throw KerasFileError(.unsupportedFormat(.keras1)) }
        var reader = ConfigurationReader(version: version, limits: limits)
        var root = try reader.model(configuration, memberNames: format.isLegacy ? weightGroups.map(\.name) : [])
        if format.isLegacy {
            let path = format == .legacyWeights ? "" : "/model_weights"
            try WeightAssignment(groups: weightGroups, path: path, version: version).assign(to: &root)
        } else {
            var assignment = try ObjectAssignment(groups: weightGroups, limits: limits)
            try assignment.assign(to: &root)
        }
        self.init(
            format: format, version: version, backend: backend, configuration: configuration,
            trainingConfiguration: trainingConfiguration, metadata: metadata, root: root, weightGroups: weightGroups,
            topLevelWeights: topLevelWeights, optimizerWeights: optimizerWeights, otherWeights: otherWeights, assets: assets,
            nameStorage: nameStorage, repairs: reader.repairs)
    }
}
