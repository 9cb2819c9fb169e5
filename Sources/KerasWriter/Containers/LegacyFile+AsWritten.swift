import KerasFiles

extension LegacyFile {
    /// The file that the model was read from.
    init(asWritten model: KerasModel) {
        version = model.version.text
        backend = model.backend
        configuration = model.configuration
        trainingConfiguration = model.trainingConfiguration
        groups = model.weightGroups.map(WrittenGroup.init)
        topLevel = model.topLevelWeights.map(WrittenGroup.init)
        optimizer = model.optimizerWeights.map(WrittenGroup.init)
        names = model.nameStorage ?? .variableLength
        rootCharset = model.version.lineage == .standalone ? .ascii : .utf8
    }
}

extension WrittenGroup {
    init(_ group: WeightGroup) {
        name = group.name
        weights = group.weights.map { ($0.name, $0.tensor) }
    }
}
