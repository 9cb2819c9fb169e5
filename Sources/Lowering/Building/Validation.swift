import KerasFiles

/// The first pass: everything that the configurations alone tell, for all layers, so that all refusals can be shown together.
enum Validation {
    /// The refusals of a model that is to be run.
    static func refusals(ofModel root: KerasLayer) -> [Refusal] {
        var result = refusals(of: root)
        // Any other class is refused already, or is a layer that stands where only a model can.
        guard root.className == "Sequential" else { return result.isEmpty ? [Refusal(root, .unknownClass)] : result }
        if result.isEmpty { collect(&result) { () throws(Refusal) in _ = try ModelLayers.inputInfo(of: root) } }
        return result
    }

    /// The refusals of a layer and of all layers in it.
    static func refusals(of layer: KerasLayer) -> [Refusal] {
        guard let definition = LayerTable[layer.className] else { return [Refusal(layer, unknownClassReason(layer.className))] }
        return ownRefusals(of: layer, definition) + layer.children.flatMap { refusals(of: $0) }
    }

    /// The refusals of a layer, without those of its children.
    static func ownRefusals(of layer: KerasLayer, _ definition: LayerDefinition) -> [Refusal] {
        var refusals: [Refusal] = []
        let declared = Set(definition.keys.map(\.name))
        for key in layer.config.keys where !declared.contains(key) {
            refusals.append(Refusal(layer, key: key, .undeclaredKey))
        }
        for declaration in definition.keys { collect(&refusals) { () throws(Refusal) in try declaration.check(layer) } }
        guard refusals.isEmpty else { return refusals }
        // One broken rule is told: later ones may rely on it.
        collect(&refusals) { () throws(Refusal) in
            for rule in definition.rules { try rule.check(layer) }
        }
        return refusals
    }

    private static func collect(_ refusals: inout [Refusal], _ check: () throws(Refusal) -> Void) {
        do throws(Refusal) { try check() } catch { refusals.append(error) }
    }

    static func unknownClassReason(_ className: String) -> Refusal.Reason {
        if LayerTable.classesWithCode.contains(className) { return .containsCode }
        return ModelLayers.graphClasses.contains(className) ? .functionalGraph : .unknownClass
    }
}
