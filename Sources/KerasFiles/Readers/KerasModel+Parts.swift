extension KerasModel {
    /// The model that the parts of a file describe, whatever held them: the configuration is brought into Keras 3 form, and every weight
    /// finds its layer.
    ///
    /// - Parameters:
    ///   - version: which Keras wrote the configuration. If it has no text, what the configuration says tells, except in
    ///     whole models in HDF5, where that is Keras 1.
    ///   - weightsVersion: which wrote the weights, where that may be another.
    /// - Throws: what keeps the parts from being one model, by layer and key.
    public init(
        format: KerasFormat, version: KerasVersion, weightsVersion: KerasVersion? = nil, backend: String?, configuration: JSON, trainingConfiguration: JSON?,
        metadata: JSON? = nil, weightGroups: [WeightGroup], topLevelWeights: WeightGroup?, optimizerWeights: WeightGroup?,
        otherWeights: [WeightGroup] = [], assets: [Asset] = [], nameStorage: NameStorage? = nil, options: ReadingOptions = ReadingOptions()
    ) throws(KerasFileError) {
        let isKnown = version.text != nil || format == .legacyHDF5
        let version = isKnown ? version : .ofWriter(of: configuration, weights: weightsVersion, format)
        guard version.major >= 1 else { throw KerasFileError(.unsupportedFormat(.keras0)) }
        var reader = ConfigurationReader(version: version, options: options)
        var root = try reader.model(configuration, memberNames: format.isLegacy ? weightGroups.map(\.name) : [])
        var weightGroups = weightGroups
        var renumbered: [Repair] = []
        if format == .legacyWeights { renumbered = WeightRenumbering.run(&weightGroups, for: root) }
        if format.isLegacy {
            let path = format == .legacyWeights ? "" : "/model_weights"
            // Weights of Keras 1 alone do not say by which release; the description may.
            let isUntold = weightsVersion.map { $0.text == nil && version.major == 1 } ?? true
            let writer = isUntold ? version : weightsVersion ?? version
            try WeightAssignment(groups: weightGroups, path: path, version: writer, goesByOrder: format == .legacyWeights).assign(to: &root)
            if !renumbered.isEmpty { try WeightExtents.check(root) }
            for layer in root.members {
                guard let group = layer.firstGroup, weightGroups[group].name != layer.name else { continue }
                renumbered.append(
                    Repair(.layerRenamed, layerPath: layer.path, old: .string(weightGroups[group].name), new: .string(layer.name)))
            }
            var form = StoredForm(version: writer, backend: backend)
            try form.settle(&root)
            reader.repairs += form.repairs
        } else {
            var assignment = try ObjectAssignment(groups: weightGroups, assets: assets, limits: options.limits)
            try assignment.assign(to: &root)
        }
        self.init(
            format: format, version: version, weightsVersion: weightsVersion, backend: backend, configuration: configuration,
            trainingConfiguration: trainingConfiguration, metadata: metadata, root: root, weightGroups: weightGroups,
            topLevelWeights: topLevelWeights, optimizerWeights: optimizerWeights, otherWeights: otherWeights, assets: assets,
            nameStorage: nameStorage, repairs: reader.repairs + renumbered)
        replacements = options.replacements
    }
}

extension KerasLayer {
    /// The group of the first weight in the layer that is as it is stored.
    fileprivate var firstGroup: Int? {
        weights.lazy.compactMap(\.place?.group).first ?? children.lazy.compactMap(\.firstGroup).first
    }
}
