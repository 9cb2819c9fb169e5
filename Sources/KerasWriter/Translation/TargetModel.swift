import KerasFiles

/// A model as the Keras of a dialect understands it.
struct TargetModel {
    let dialect: KerasDialect
    let root: KerasLayer
    /// What the model was compiled with, and the state of its optimizer; nil when it was not compiled.
    private(set) var training: TargetTraining?
    private(set) var report = WriteReport()

    init(_ model: KerasModel, for dialect: KerasDialect) throws(KerasWriterError) {
        self.dialect = dialect
        var layers = TargetLayers(model.root, by: model.version, for: dialect)
        root = layers.translateModel(model.root)
        let unknown = model.layersOfUnknownKernelOrder.map {
            Unexpressible(layerPath: $0.path, key: nil, value: nil, reason: .kernelOrder)
        }
        let refusals = layers.refusals + unknown + (dialect == .keras2 ? Self.maskedOutputs(of: model) : [])
        guard refusals.isEmpty else { throw .cannotBeExpressed(refusals) }
        report.repairs = model.repairs + layers.repairs

        var training = model.trainingConfiguration.map { TargetTraining($0, of: model, for: dialect) }
        training?.carryState(of: model, to: root, isRescaled: !layers.rescaled.isEmpty)
        report.repairs += training?.repairs ?? []
        report.dropped += training?.dropped ?? []
        self.training = training
        if training == nil, model.optimizerWeights?.weights.isEmpty == false {
            report.dropped.append(WriteReport.Dropped(part: .optimizerWeights, reason: .noOptimizer))
        }
        let others = model.otherWeights.filter { training?.keeps($0) != true }
        for (part, weights) in [(WriteReport.Part.topLevelWeights, [model.topLevelWeights].compactMap { $0 }), (.otherWeights, others)]
        where weights.contains(where: { !$0.weights.isEmpty }) {
            report.dropped.append(WriteReport.Dropped(part: part, reason: .format))
        }
    }

    /// Layers that tf.keras treats otherwise under a mask than the Keras that wrote the model, and has no words to say so.
    private static func maskedOutputs(of model: KerasModel) -> [Unexpressible] {
        let isKeras3 = model.version.lineage == .multiBackend
        var hasMask = false
        var found: [Unexpressible] = []
        model.root.forEach { layer in
            switch layer.className {
            case "Masking": hasMask = true
            case "Embedding": if layer.config["mask_zero"] == true { hasMask = true }
            // Keras 2 ends a mask here, Keras 3 passes it on.
            case "Identity", "Normalization", "Rescaling":
                guard isKeras3 else { return }
                found.append(Unexpressible(layerPath: layer.path, key: nil, value: nil, reason: .maskedOutput))
            // It repeats outputs at masked steps, where later ones write zeros.
            case "Bidirectional":
                guard !isKeras3, let inner = layer.child(.forward)?.config, inner["return_sequences"] == true else { return }
                guard inner["zero_output_for_mask"] != true else { return }
                found.append(Unexpressible(layerPath: layer.path, key: nil, value: nil, reason: .maskedOutput))
            default: break
            }
        }
        return hasMask ? found : []
    }
}
