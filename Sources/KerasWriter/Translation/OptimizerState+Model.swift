import KerasFiles

extension OptimizerState {
    /// One tensor that an optimizer keeps, by what it is and not by where a file stores it.
    package struct Entry: Sendable {
        /// By the names of Keras 3: `iterations`, `momentum`, `velocity`.
        package var kind: String
        /// The weight that it belongs to; nil for what the optimizer has once.
        package var weight: (layerPath: String, role: String)?
        package var tensor: Tensor
    }

    /// The state of a model's optimizer, variable by variable in the order of the model; nil when the model has none, or one
    /// whose layout is not known.
    package static func entries(of model: KerasModel) -> [Entry]? {
        guard let stored = model.optimizerWeights, let written = model.trainingConfiguration,
            let (className, config) = TargetTraining(written, path: model.root.path).optimizer
        else { return nil }
        let described = written["optimizer_config"] ?? written["optimizer"] ?? .null
        var variables: [(name: String, tensor: Tensor)] = []
        var places: [(layerPath: String, role: String)] = []
        model.root.forEach { layer in
            for weight in layer.weights where weight.isTrainable {
                variables.append((model[weight.place].name, weight.tensor))
                places.append((layer.path, weight.role))
            }
        }
        let tensors = stored.weights.map(\.tensor)
        for layout in OptimizerLayout.candidates(
            className, described["config"]?.objectValue ?? config, written: described, by: model.version)
        {
            guard let state = OptimizerState(tensors, layout, variables: variables) else { continue }
            return state.entries(places, rate: config["learning_rate"]?.doubleValue)
        }
        return nil
    }

    /// `rate` is what the configuration says, where the state does not. An optimizer that did not count counts as one that has not begun.
    private func entries(_ places: [(layerPath: String, role: String)], rate: Double?) -> [Entry] {
        var entries: [Entry] = []
        if let tensor = iterations ?? Self.scalar(0 as Int64) { entries.append(Entry(kind: "iterations", weight: nil, tensor: tensor)) }
        if let tensor = learningRate ?? rate.flatMap({ Self.scalar(Float($0)) }) {
            entries.append(Entry(kind: "learning_rate", weight: nil, tensor: tensor))
        }
        for slot in slots.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            for (place, tensor) in zip(places, slots[slot] ?? []) { entries.append(Entry(kind: slot.rawValue, weight: place, tensor: tensor)) }
        }
        return entries
    }
}
