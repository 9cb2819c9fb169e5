/// The order in which legacy HDF5 lists the weights of a layer and of everything in it: all that training would change, then all
/// the rest, each depth-first in the order of creation. A frozen layer (`trainable: false`) has nothing that training would
/// change, so all its weights come in the second part.
///
/// Facts: files of Keras 2.0.2 to 3.15.
package struct WeightOrder {
    /// In the order of the file, each with the number of its variable among all of the layer and what is in it, depth-first in the
    /// order of creation.
    package private(set) var numbered: [Numbered] = []
    private let movesFrozen: Bool
    private let version: KerasVersion?

    package typealias Numbered = (number: Int, slot: WeightSlot)

    package var slots: [WeightSlot] { numbered.map(\.slot) }
    private var count = 0

    /// Nil when the layer, or one in it, has variables that no table tells. `movesFrozen: false` gives the order that Keras 3.0 writes when
    /// a layer was frozen before it was built: it forgets to freeze the variables. `version` is the writer's, where that matters (Keras 1).
    package init?(of layer: KerasLayer, by version: KerasVersion? = nil, movesFrozen: Bool = true) {
        self.movesFrozen = movesFrozen
        self.version = version
        guard let (first, second) = visit(layer, frozenAround: false) else { return nil }
        numbered = first + second
    }

    private mutating func visit(_ layer: KerasLayer, frozenAround: Bool) -> (first: [Numbered], second: [Numbered])? {
        guard layer.isOwnClass, let variables = layer.variables(storedBy: version) else { return nil }
        let isFrozen = frozenAround || layer.isFrozen
        var first: [Numbered] = []
        var second: [Numbered] = []
        for variable in variables {
            let slot = WeightSlot(variable, of: layer, frozen: isFrozen)
            if variable.isTrainable { first.append((count, slot)) } else { second.append((count, slot)) }
            count += 1
        }
        if layer.isFrozen && movesFrozen { (first, second) = ([], first + second) }
        for child in layer.children {
            guard let inner = visit(child, frozenAround: isFrozen) else { return nil }
            if layer.isFrozen && movesFrozen {
                second += inner.first + inner.second
            } else {
                first += inner.first
                second += inner.second
            }
        }
        return (first, second)
    }
}

extension KerasLayer {
    /// Whether `trainable` is false for this layer itself.
    package var isFrozen: Bool { config["trainable"]?.boolValue == false }

    /// Whether the class is Keras's own.
    package var isOwnClass: Bool { module == nil && registeredName == nil && LayerVariables.hasClass(className) }
}
