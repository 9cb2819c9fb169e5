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
    /// Whether the weights may be another model's of the same make, whose layers are called otherwise: where names differ, layers with weights
    /// and groups belong together in their order, as Keras has it.
    var goesByOrder = false

    func assign(to model: inout KerasLayer) throws(KerasFileError) {
        guard !model.members.isEmpty else {
            // A class of the user's own that does not tell its layers.
            return assignUntold(to: &model)
        }
        if goesByOrder, let layers = layersWithOtherNames(model) { return try assignInOrder(layers, of: &model) }
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
        guard let order = WeightOrder(of: layer, by: version), !order.slots.isEmpty else { return }
        let found = groups.lazy.filter { !$0.weights.isEmpty }.map(\.name)
        throw KerasFileError(.weightsMissing(object: path + "/" + layer.name, found: Array(found.prefix(10))), path: layer.path)
    }

    private func assign(_ number: Int, to layer: inout KerasLayer, frozen: Bool) throws(KerasFileError) {
        let group = groups[number]
        guard let order = WeightOrder(of: layer, by: version) else {
            layer.weights = group.weights.enumerated().map { index, stored in
                LayerWeight(
                    role: String(index), tensor: stored.tensor, isTrainable: !frozen && !layer.isFrozen,
                    place: WeightPlace(group: number, index: index))
            }
            return
        }
        // TensorFlow lists what Keras 3 keeps beside the variables: `idf_weights`, as `Variable:0`.
        if order.slots.isEmpty, group.weights.count == 1, let role = ObjectPaths.extras[layer.className]?.lazy.compactMap(\.role).first {
            let place = WeightPlace(group: number, index: 0)
            layer.weights = [LayerWeight(role: role, tensor: group.weights[0].tensor, isTrainable: false, place: place)]
            return
        }
        var weights: [LayerWeight]
        var numbers = order.numbered.map(\.number)
        do throws(KerasFileError) {
            weights = try WeightSlot.fill(order.slots, from: group, number: number, of: layer, frozen: frozen)
        } catch {
            // In a file of Keras 3.0 no two weights of a group have the same role, so no more than one order can fit.
            guard case .weightRole = error.kind, version.lineage == .multiBackend, version < (3, 1, 0),
                let other = WeightOrder(of: layer, by: version, movesFrozen: false),
                let found = try? WeightSlot.fill(other.slots, from: group, number: number, of: layer, frozen: frozen)
            else { throw error }
            weights = found
            numbers = other.numbered.map(\.number)
        }
        var byNumber = weights
        for (number, weight) in zip(numbers, weights) { byNumber[number] = weight }
        var rest = byNumber[...]
        distribute(&rest, to: &layer)
    }

    /// Hands out weights in the order of their slots' numbers.
    private func distribute(_ weights: inout ArraySlice<LayerWeight>, to layer: inout KerasLayer) {
        let count = layer.variables(storedBy: version)?.count ?? 0
        layer.weights = Array(weights.prefix(count))
        weights = weights.dropFirst(count)
        for index in layer.children.indices { distribute(&weights, to: &layer.children[index]) }
    }

    /// The layers of the model that have weights, by their places among its children, if they are called otherwise than the groups are; nil
    /// also where a layer's class does not tell whether it has any.
    private func layersWithOtherNames(_ model: KerasLayer) -> [Int]? {
        var layers: [Int] = []
        for index in model.children.indices where model.children[index].place == .member {
            guard let order = WeightOrder(of: model.children[index], by: version) else { return nil }
            if !order.slots.isEmpty { layers.append(index) }
        }
        let names = Set(layers.map { model.children[$0].name })
        return names == Set(groups.lazy.filter { !$0.weights.isEmpty }.map(\.name)) ? nil : layers
    }

    private func assignInOrder(_ layers: [Int], of model: inout KerasLayer) throws(KerasFileError) {
        let numbers = groups.indices.filter { !groups[$0].weights.isEmpty }
        let frozen = model.isFrozen
        for (index, number) in zip(layers, numbers) {
            try assign(number, to: &model.children[index], frozen: frozen)
            try WeightExtents.check(model.children[index])
        }
        if layers.count > numbers.count {
            let layer = model.children[layers[numbers.count]]
            throw KerasFileError(.weightsMissing(object: layer.name, found: numbers.suffix(10).map { groups[$0].name }), path: layer.path)
        }
        if numbers.count > layers.count {
            throw KerasFileError(.weightsWithoutLayer, path: path + "/" + groups[numbers[layers.count]].name)
        }
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
