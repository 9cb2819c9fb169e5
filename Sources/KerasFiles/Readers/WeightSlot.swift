/// A place for one weight: a variable of a layer.
package struct WeightSlot {
    package let variable: LayerVariable
    package let layerPath: String
    package let isTrainable: Bool

    /// `frozen`: whether the layer, or one around it, is.
    init(_ variable: LayerVariable, of layer: KerasLayer, frozen: Bool) {
        self.variable = variable
        layerPath = layer.path
        isTrainable = variable.isTrainable && !frozen
    }
}

extension WeightSlot {
    /// The weights of a group in these places, in their order: group `number` of the model, which belongs to `layer` and what is in it.
    /// `checkingNames`: whether the names of stored weights tell what they are. Throws what does not fit.
    static func fill(
        _ slots: [WeightSlot], from group: WeightGroup, number: Int, of layer: KerasLayer, frozen: Bool = false, checkingNames: Bool = true
    ) throws(KerasFileError) -> [LayerWeight] {
        guard slots.count == group.weights.count else {
            throw KerasFileError(.weightCount(expected: slots.count, found: group.weights.count), path: layer.path)
        }
        var weights: [LayerWeight] = []
        weights.reserveCapacity(slots.count)
        for (index, (slot, stored)) in zip(slots, group.weights).enumerated() {
            guard !checkingNames || slot.variable.accepts(storedName: stored.name) else {
                throw KerasFileError(.weightRole(expected: slot.variable.role, found: stored.name), path: slot.layerPath)
            }
            weights.append(
                LayerWeight(
                    role: slot.variable.role, tensor: stored.tensor, isTrainable: slot.isTrainable && !frozen,
                    place: WeightPlace(group: number, index: index)))
        }
        return weights
    }
}
