import KerasFiles

extension TargetLayers {
    /// The model itself, with a name that the dialect takes.
    mutating func translateModel(_ root: KerasLayer) -> KerasLayer {
        var models = [translate(root)]
        settleNames(of: &models)
        return models[0]
    }

    /// Gives layers that stand together names which the dialect takes, no two the same.
    mutating func settleNames(of layers: inout [KerasLayer]) {
        var taken = Set(layers.map(\.name))
        for index in layers.indices {
            let name = LayerNames.valid(layers[index].name, in: dialect)
            guard name != layers[index].name else { continue }
            rename(&layers[index], to: Self.unused(name, taken))
            taken.insert(layers[index].name)
        }
    }

    private mutating func rename(_ layer: inout KerasLayer, to name: String) {
        report(Repair(.layerRenamed, layerPath: layer.path, old: .string(layer.name), new: .string(name)))
        layer.name = name
        layer.config["name"] = .string(name)
    }

    private static func unused(_ name: String, _ taken: Set<String>) -> String {
        guard taken.contains(name) else { return name }
        var number = 1
        while taken.contains("\(name)_\(number)") { number += 1 }
        return "\(name)_\(number)"
    }
}
