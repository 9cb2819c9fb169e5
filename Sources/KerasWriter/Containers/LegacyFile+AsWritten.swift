import KerasFiles

extension LegacyFile {
    /// The file that the model was read from.
    init(asWritten model: KerasModel) {
        let writer = model.weightsVersion ?? model.version
        version = writer.text
        // Keras 1 has no word for it: it was told.
        backend = writer.major < 2 ? nil : model.backend
        labelsWeights = writer.major >= 2
        configuration = model.configuration
        trainingConfiguration = model.trainingConfiguration
        groups = model.weightGroups.map(WrittenGroup.init)
        topLevel = model.topLevelWeights.map(WrittenGroup.init)
        optimizer = model.optimizerWeights.map(WrittenGroup.init)
        names = model.nameStorage ?? .variableLength
        rootCharset = writer.lineage == .standalone ? .ascii : .utf8
    }
}

extension WrittenGroup {
    init(_ group: WeightGroup) {
        name = group.name
        weights = group.weights.map { ($0.name, $0.tensor) }
    }
}
