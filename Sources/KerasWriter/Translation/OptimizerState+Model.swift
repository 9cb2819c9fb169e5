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

    /// The state of a model's optimizer, kind by kind and each variable by variable in the order of the model; nil when the model has
    /// none, or one whose layout is not known.
    package static func entries(of model: KerasModel) -> [Entry]? {
        guard let stored = model.optimizerWeights, let written = model.trainingConfiguration,
            let optimizer = TargetTraining(written, of: model, for: .keras3).optimizer,
            let variables = try? TrainedVariable.all(of: model.root, in: model)
        else { return nil }
        let tensors = stored.weights.map(\.tensor)
        let states = optimizer.candidates.lazy.compactMap { OptimizerState(tensors, $0, variables: variables) }
        return states.first?.entries(variables, rate: optimizer.config["learning_rate"]?.doubleValue)
    }

    /// `rate` is what the configuration says, where the state does not. An optimizer that did not count counts as one that has not begun.
    private func entries(_ variables: [TrainedVariable], rate: Double?) -> [Entry] {
        var entries: [Entry] = []
        for (kind, tensor) in [
            ("iterations", Tensor(scalar: iterations ?? 0)), ("learning_rate", learningRate ?? rate.flatMap { Tensor(scalar: Float($0)) }),
            ("momentum_product", momentumProduct),
        ] {
            if let tensor { entries.append(Entry(kind: kind, weight: nil, tensor: tensor)) }
        }
        for (slot, tensors) in slots.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for variable in variables {
                guard let tensor = tensors[variable.place] else { continue }
                entries.append(Entry(kind: slot.rawValue, weight: (variable.layerPath, variable.role), tensor: tensor))
            }
        }
        return entries
    }
}
