/// Brings weights from another session of Keras to the layers of a model.
///
/// Keras numbers the layers that its user does not name: what is `lstm_1` in the description may be `lstm_3` in the file of weights. Where
/// the file's names are others than the model's and all that differs are the numbers, the weights belong to the layers in their order,
/// which is how Keras itself hands them out. Every layer that gets weights from another name is reported.
enum WeightRenumbering {
    static func run(_ groups: inout [WeightGroup], for model: KerasLayer) -> [Repair] {
        let filled = groups.indices.filter { !groups[$0].weights.isEmpty }
        let takers = model.members.filter { layer in WeightOrder(of: layer).map { !$0.slots.isEmpty } ?? true }
        guard filled.count == takers.count, Set(filled.map { groups[$0].name }) != Set(takers.map(\.name)),
            zip(filled, takers).allSatisfy({ unnumbered(groups[$0].name) == unnumbered($1.name) })
        else { return [] }
        var repairs: [Repair] = []
        let names = Set(takers.map(\.name))
        for (index, layer) in zip(filled, takers) where groups[index].name != layer.name {
            repairs.append(Repair(.layerRenamed, layerPath: layer.path, old: .string(groups[index].name), new: .string(layer.name)))
            groups[index].name = layer.name
        }
        // Layers without weights of their own are listed too.
        groups.removeAll { $0.weights.isEmpty && names.contains($0.name) }
        return repairs
    }

    /// `lstm` for `lstm_3`.
    private static func unnumbered(_ name: String) -> Substring {
        let digits = name.utf8.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        let base = name.dropLast(digits)
        return digits > 0 && base.last == "_" ? base.dropLast() : name[...]
    }
}
