import KerasFiles

/// A model as the Keras of a dialect understands it.
struct TargetModel {
    let dialect: KerasDialect
    let root: KerasLayer
    /// What the model was compiled with; empty when it was not, or when that cannot be carried over.
    private(set) var compilation: JSONObject = [:]
    /// The state of the optimizer in the order of the dialect, and the optimizer's name.
    private(set) var optimizer: (name: String, state: [Tensor])?
    private(set) var report = WriteReport()

    init(_ model: KerasModel, for dialect: KerasDialect) throws(KerasWriterError) {
        self.dialect = dialect
        var layers = TargetLayers(model.root, for: dialect)
        root = layers.translateModel(model.root)
        let refusals = layers.refusals + Self.maskedOutputs(of: model, in: dialect)
        guard refusals.isEmpty else { throw .cannotBeExpressed(refusals) }
        report.repairs = model.repairs + layers.repairs

        var training: TargetTraining?
        if let written = model.trainingConfiguration {
            let translated = TargetTraining(written, path: model.root.path)
            compilation = translated.configuration
            report.repairs += translated.repairs
            report.dropped += translated.dropped
            training = translated
        }
        if let stored = model.optimizerWeights, !stored.weights.isEmpty {
            do throws(WriteReport.Reason) {
                optimizer = try Self.optimizerState(stored, of: model, training, isRescaled: !layers.rescaled.isEmpty)
            } catch {
                report.dropped.append(WriteReport.Dropped(part: .optimizerWeights, reason: error))
            }
        }
        for (part, weights) in [(WriteReport.Part.topLevelWeights, [model.topLevelWeights].compactMap { $0 }), (.otherWeights, model.otherWeights)]
        where weights.contains(where: { !$0.weights.isEmpty }) {
            report.dropped.append(WriteReport.Dropped(part: part, reason: .format))
        }
    }

    /// Layers that the Keras of the dialect treats otherwise under a mask than the one that wrote the model, and has no words to say so.
    private static func maskedOutputs(of model: KerasModel, in dialect: KerasDialect) -> [Unexpressible] {
        let isKeras3 = model.version.lineage == .multiBackend
        let becomesKeras3 = dialect != .keras2
        var hasMask = false
        var found: [Unexpressible] = []
        model.root.forEach { layer in
            switch layer.className {
            case "Masking": hasMask = true
            case "Embedding": if layer.config["mask_zero"] == true { hasMask = true }
            // Keras 2 ends a mask here, Keras 3 passes it on.
            case "Identity", "Normalization", "Rescaling":
                guard isKeras3 != becomesKeras3 else { return }
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

    private static func optimizerState(
        _ stored: WeightGroup, of model: KerasModel, _ training: TargetTraining?, isRescaled: Bool
    ) throws(WriteReport.Reason) -> (name: String, state: [Tensor]) {
        let tensors = stored.weights.map(\.tensor)
        // Within Keras 3 the order is always the same.
        let isKeras3 = model.version.lineage == .multiBackend
        guard let (className, config) = training?.optimizer else {
            guard isKeras3, training != nil, training?.configuration.isEmpty == false else { throw .noOptimizer }
            return (stored.label ?? "optimizer", tensors)
        }
        let name = config["name"]?.stringValue ?? ObjectNames.snakeCase(className)
        guard !isRescaled else { throw .weightsScaled }
        if isKeras3 { return (name, tensors) }

        let written = model.trainingConfiguration?["optimizer_config"] ?? model.trainingConfiguration?["optimizer"] ?? .null
        let candidates = OptimizerLayout.candidates(
            className, written["config"]?.objectValue ?? config, written: written, by: model.version)
        guard !candidates.isEmpty, let layout = OptimizerLayout.keras3(className, config) else { throw .unknownOptimizer(className) }
        var variables: [(name: String, tensor: Tensor)] = []
        model.root.forEach { layer in
            for weight in layer.weights where weight.isTrainable { variables.append((model[weight.place].name, weight.tensor)) }
        }
        for candidate in candidates {
            guard let state = OptimizerState(tensors, candidate, variables: variables),
                let ordered = state.tensors(layout, learningRate: config["learning_rate"]?.doubleValue)
            else { continue }
            return (name, ordered)
        }
        throw .wrongShape
    }
}
