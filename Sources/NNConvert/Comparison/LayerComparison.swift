import KerasFiles
import KerasWriter

/// Walks through two models layer by layer.
struct LayerComparison {
    let tolerance: Agreement.Tolerance?
    /// Whether some layer of the models tells others which steps to leave out.
    let hasMasks: Bool
    private(set) var differences: [LayerDifference] = []
    private(set) var layerCount = 0
    private(set) var weightCount = 0
    private(set) var elementCount = 0

    /// Compares two models.
    init(_ first: KerasLayer, _ second: KerasLayer, _ tolerance: Agreement.Tolerance?) throws(KerasFileError) {
        self.tolerance = tolerance
        hasMasks = first.makesMasks || second.makesMasks
        try compare(first, second)
    }

    /// Compares two layers that belong together, and all that is in them.
    private mutating func compare(_ first: KerasLayer, _ second: KerasLayer) throws(KerasFileError) {
        layerCount += 1
        let alignment = LayerAlignment(first.children, second.children)
        var difference = LayerDifference(presence: .both, path: first.path, className: first.comparedClass)
        difference.values = values(first, second, alignment)
        difference.weights = try weights(first, second)
        if !difference.isEmpty { differences.append(difference) }
        for entry in alignment.entries {
            switch entry {
            case .both(let index, let other): try compare(first.children[index], second.children[other])
            case .onlyFirst(let index): add(first.children[index], .onlyFirst)
            case .onlySecond(let index): add(second.children[index], .onlySecond)
            }
        }
    }

    private mutating func add(_ layer: KerasLayer, _ presence: Presence) {
        differences.append(LayerDifference(presence: presence, path: layer.path, className: layer.comparedClass))
    }

    private func values(_ first: KerasLayer, _ second: KerasLayer, _ alignment: LayerAlignment) -> [ValueDifference] {
        var values: [ValueDifference] = []
        if first.comparedClass != second.comparedClass {
            values.append(ValueDifference(key: "class_name", first: .string(first.comparedClass), second: .string(second.comparedClass)))
        }
        var configurations = (first.comparedConfiguration, second.comparedConfiguration)
        if !hasMasks {
            // What is put out at masked steps: none are, and Keras 3 cannot say that in every way that its predecessors did.
            configurations.0["zero_output_for_mask"] = nil
            configurations.1["zero_output_for_mask"] = nil
        }
        values += ValueDifference.all(configurations.0, configurations.1) { first.absentValue($0) }
        let names = alignment.names(first.children, second.children)
        values += ValueDifference.all(first.comparedGraph { names.first[$0] }, second.comparedGraph { names.second[$0] })
        // Elsewhere the order of layers says nothing.
        if first.className == "Sequential", !alignment.keepsOrder {
            func names(_ layer: KerasLayer) -> JSON { .array(layer.children.map { .string($0.name) }) }
            values.append(ValueDifference(key: "layers", first: names(first), second: names(second)))
        }
        return values
    }

    private mutating func weights(_ first: KerasLayer, _ second: KerasLayer) throws(KerasFileError) -> [WeightDifference] {
        var found: [WeightDifference] = []
        for weight in first.weights {
            guard let other = second.weight(weight.role) else {
                found.append(WeightDifference(role: weight.role, kind: .onlyFirst(TensorDifference.Form(weight.tensor))))
                continue
            }
            weightCount += 1
            elementCount += weight.tensor.count
            guard let difference = try TensorDifference(weight.tensor, other, tolerance) else { continue }
            let scaling = HardSigmoidScaling(first, second, role: weight.role)
            let kind: WeightDifference.Kind =
                if let scaling, try scaling.explains(weight.tensor, other) { .scaled(difference, factor: scaling.factor) } else { .elements(difference) }
            found.append(WeightDifference(role: weight.role, kind: kind))
        }
        for weight in second.weights where first.weight(weight.role) == nil {
            found.append(WeightDifference(role: weight.role, kind: .onlySecond(TensorDifference.Form(weight.tensor))))
        }
        return found
    }
}

extension LayerAlignment {
    /// What the members of two models are called in a comparison of their graphs: those that belong together have the first one's name.
    fileprivate func names(_ first: [KerasLayer], _ second: [KerasLayer]) -> (first: [String], second: [String]) {
        var names = second.map(\.name)
        for case .both(let index, let other) in entries { names[other] = first[index].name }
        func ofMembers(_ names: [String], _ layers: [KerasLayer]) -> [String] {
            zip(names, layers).filter { $0.1.place == .member }.map(\.0)
        }
        return (ofMembers(first.map(\.name), first), ofMembers(names, second))
    }

    /// Whether the layers that both have stand in the same order in both.
    fileprivate var keepsOrder: Bool {
        var last = -1
        for case .both(_, let other) in entries {
            guard other > last else { return false }
            last = other
        }
        return true
    }
}
