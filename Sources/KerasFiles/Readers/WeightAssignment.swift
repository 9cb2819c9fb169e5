/// Gives the layers of a model the weights that a legacy HDF5 file lists for them.
///
/// A group belongs to the layer of its name, and groups stand in the order of the layers. Within a group the position tells the
/// layer and the role (``WeightOrder``); the stored name must not contradict it. No weight of the file is left over and no
/// layer goes without, or an error says which.
struct WeightAssignment {
    let groups: [WeightGroup]
    /// Where the groups are in the file, for errors.
    let path: String
    let version: KerasVersion

    func assign(to model: inout KerasLayer) throws(KerasFileError) {
        guard !model.members.isEmpty else {
            // A class of the user's own that does not tell its layers.
            return assignUntold(to: &model)
        }
        var numbers: [String: Int] = [:]
        for (number, group) in groups.enumerated() { numbers[group.name] = number }

        var unclaimed = groups.indices.filter { !groups[$0].weights.isEmpty }[...]
        let frozen = model.isFrozen
        for index in model.children.indices where model.children[index].place == .member {
            guard let number = numbers[model.children[index].name] else {
                try requireNone(model.children[index])
                continue
            }
            try assign(number, to: &model.children[index], frozen: frozen)
            guard !groups[number].weights.isEmpty else { continue }
            guard unclaimed.first == number else {
                throw misplaced(unclaimed, found: number, layers: model.members)
            }
            unclaimed.removeFirst()
        }
        if let first = unclaimed.first {
            throw KerasFileError(.weightsWithoutLayer, path: path + "/" + groups[first].name)
        }
    }

    /// The layer that group `found` belongs to has come up, but groups before it have not.
    private func misplaced(_ unclaimed: ArraySlice<Int>, found: Int, layers: [KerasLayer]) -> KerasFileError {
        guard let next = unclaimed.first, layers.contains(where: { $0.name == groups[next].name }) else {
            return KerasFileError(.weightsWithoutLayer, path: path + "/" + (unclaimed.first.map { groups[$0].name } ?? ""))
        }
        return KerasFileError(.layerOrder(expected: groups[found].name), path: path + "/" + groups[next].name)
    }

    private func requireNone(_ layer: KerasLayer) throws(KerasFileError) {
        guard let order = WeightOrder(of: layer), !order.slots.isEmpty else { return }
        throw KerasFileError(.missingObject, path: path + "/" + layer.name)
    }

    private func assign(_ number: Int, to layer: inout KerasLayer, frozen: Bool) throws(KerasFileError) {
        let group = groups[number]
        guard let order = WeightOrder(of: layer) else {
            layer.weights = group.weights.enumerated().map { index, stored in
                LayerWeight(
                    role: String(index), tensor: stored.tensor, isTrainable: !frozen && !layer.isFrozen,
                    place: WeightPlace(group: number, index: index))
            }
            return
        }
        var slots = order.slots
        guard slots.count == group.weights.count else {
            throw KerasFileError(.weightCount(expected: slots.count, found: group.weights.count), path: layer.path)
        }
        if let wrong = contradiction(slots, group) {
            // In a file of Keras 3.0 no two weights of a group have the same role, so no more than one order can fit.
            guard version.lineage == .multiBackend, version < (3, 1, 0),
                let other = WeightOrder(of: layer, movesFrozen: false), contradiction(other.slots, group) == nil
            else { throw wrong }
            slots = other.slots
        }
        var byNumber = [LayerWeight?](repeating: nil, count: slots.count)
        for (index, (slot, stored)) in zip(slots, group.weights).enumerated() {
            byNumber[slot.number] = LayerWeight(
                role: slot.variable.role, tensor: stored.tensor, isTrainable: slot.isTrainable && !frozen,
                place: WeightPlace(group: number, index: index))
        }
        var rest = byNumber.compactMap { $0 }[...]
        Self.distribute(&rest, to: &layer)
    }

    private func contradiction(_ slots: [WeightOrder.Slot], _ group: WeightGroup) -> KerasFileError? {
        for (slot, stored) in zip(slots, group.weights) where !slot.variable.accepts(storedName: stored.name) {
            return KerasFileError(.weightRole(expected: slot.variable.role, found: stored.name), path: slot.layerPath)
        }
        return nil
    }

    /// Hands out weights in the order of their slots' numbers.
    private static func distribute(_ weights: inout ArraySlice<LayerWeight>, to layer: inout KerasLayer) {
        let count = LayerVariables.of(layer.className, config: layer.config)?.count ?? 0
        layer.weights = Array(weights.prefix(count))
        weights = weights.dropFirst(count)
        for index in layer.children.indices { distribute(&weights, to: &layer.children[index]) }
    }

    /// Weights of layers that nobody knows: in the model itself, by group and number.
    private func assignUntold(to model: inout KerasLayer) {
        for (number, group) in groups.enumerated() {
            for (index, stored) in group.weights.enumerated() {
                model.weights.append(
                    LayerWeight(
                        role: "\(group.name)/\(index)", tensor: stored.tensor, isTrainable: !model.isFrozen,
                        place: WeightPlace(group: number, index: index)))
            }
        }
    }
}
