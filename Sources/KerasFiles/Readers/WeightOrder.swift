/// The order in which legacy HDF5 lists the weights of a layer and of everything in it: all that training would change, then all
/// the rest, each depth-first in the order of creation. A frozen layer (`trainable: false`) has nothing that training would
/// change, so all its weights come in the second part.
///
/// Facts: files of Keras 2.0.2 to 3.15.
struct WeightOrder {
    /// A place for one weight.
    struct Slot {
        /// Number of the variable among all of the layer and what is in it, depth-first in the order of creation.
        let number: Int
        let variable: LayerVariable
        let layerPath: String
        let isTrainable: Bool
    }

    /// In the order of the file.
    private(set) var slots: [Slot] = []
    private let movesFrozen: Bool
    private var count = 0

    /// Nil when the layer, or one in it, has variables that no table tells. `movesFrozen: false` gives the order that Keras 3.0 writes when
    /// a layer was frozen before it was built: it forgets to freeze the variables.
    init?(of layer: KerasLayer, movesFrozen: Bool = true) {
        self.movesFrozen = movesFrozen
        guard let (first, second) = visit(layer, frozenAround: false) else { return nil }
        slots = first + second
    }

    private mutating func visit(_ layer: KerasLayer, frozenAround: Bool) -> (first: [Slot], second: [Slot])? {
        guard layer.isOwnClass, let variables = LayerVariables.of(layer.className, config: layer.config) else { return nil }
        let isFrozen = frozenAround || layer.isFrozen
        var first: [Slot] = []
        var second: [Slot] = []
        for variable in variables {
            let slot = Slot(
                number: count, variable: variable, layerPath: layer.path, isTrainable: variable.isTrainable && !isFrozen)
            count += 1
            if variable.isTrainable { first.append(slot) } else { second.append(slot) }
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
    var isFrozen: Bool { config["trainable"]?.boolValue == false }

    /// Whether the class is Keras's own.
    var isOwnClass: Bool { module == nil && registeredName == nil && LayerVariables.hasClass(className) }
}
