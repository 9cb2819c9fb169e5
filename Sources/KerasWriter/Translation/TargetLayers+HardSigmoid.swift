import KerasFiles

/// `hard_sigmoid` of Keras 1 and 2 is clip(x / 5 + 1/2), that of Keras 3 clip(x / 6 + 1/2): the same function of an argument
/// that differs by a factor. So the weights that make the argument take the factor, and nothing changes but the last bit.
extension TargetLayers {
    /// The name that the dialect has for the function which `name` stands for in Keras 3 form, and what its argument must be multiplied by.
    private func hardSigmoid(_ name: String) -> (name: String, factor: Double)? {
        switch (name, dialect) {
        case (ActivationNames.hardSigmoidOfKeras2, .keras2): (plain, 1)
        case (ActivationNames.hardSigmoidOfKeras2, _): (plain, 6.0 / 5)
        case (plain, .keras2): (plain, 5.0 / 6)
        default: nil
        }
    }

    private var plain: String { "hard_sigmoid" }

    /// Bare Activations are left to ``argumentScaled(_:in:)`` where a factor is needed.
    mutating func settleActivations(of layer: inout KerasLayer) {
        for key in layer.config.keys where ActivationNames.keys.contains(key) {
            guard let name = layer.config[key]?.stringValue else { continue }
            guard let target = hardSigmoid(name) else {
                settle(name, key, of: &layer)
                continue
            }
            if target.factor != 1 {
                guard layer.className != "Activation" else { continue }
                guard let argument = ActivationArgument.of(key, in: layer.className), scale(&layer, argument, by: target.factor) else {
                    refuse(layer, key, .noSuchValue)
                    continue
                }
            }
            rename(key, of: &layer, to: target.name)
        }
    }

    /// A function that is the same in every Keras that has it.
    private mutating func settle(_ name: String, _ key: String, of layer: inout KerasLayer) {
        guard let known = TargetActivations.name(name, in: dialect) else { return refuse(layer, key, .noSuchValue) }
        guard known != name else { return }
        report(Repair(.valueTranslated, layerPath: layer.path, key: key, old: .string(name), new: .string(known)))
        layer.config[key] = .string(known)
    }

    private mutating func rename(_ key: String, of layer: inout KerasLayer, to name: String) {
        report(Repair(.meaningKept, layerPath: layer.path, key: key, old: layer.config[key], new: .string(name)))
        layer.config[key] = .string(name)
    }

    private mutating func scale(_ layer: inout KerasLayer, _ argument: ActivationArgument, by factor: Double) -> Bool {
        var scaled: [(Int, Tensor)] = []
        for role in argument.roles {
            // A layer may have no bias.
            guard let index = layer.weights.firstIndex(where: { $0.role == role }) else { continue }
            guard let tensor = try? layer.weights[index].tensor.scaled(by: factor, parts: argument.parts) else { return false }
            scaled.append((index, tensor))
        }
        guard !scaled.isEmpty else { return false }
        for (index, tensor) in scaled {
            layer.weights[index].tensor = tensor
            report(Repair(.weightsScaled, layerPath: layer.path, key: layer.weights[index].role, new: .float(factor)))
        }
        markRescaled(layer)
        return true
    }

    /// What stands for an Activation whose argument needs a factor: a multiplication and the activation; one model of the two where
    /// `parent` has place for one layer only. Nil for other layers. `written` is the layer before it was translated.
    mutating func argumentScaled(_ layer: KerasLayer, writtenAs written: KerasLayer, in parent: KerasLayer) -> [KerasLayer]? {
        guard written.className == "Activation", let name = written.config["activation"]?.stringValue, let target = hardSigmoid(name),
            target.factor != 1
        else { return nil }
        if dialect == .keras2, hasMasks {
            // Its Rescaling ends a mask.
            refuse(written, "activation", .maskedOutput)
            return nil
        }
        var activation = layer
        rename("activation", of: &activation, to: target.name)
        if parent.className == "Sequential" {
            return [rescaling(by: target.factor, before: layer, in: parent), activation]
        }
        activation.place = .member
        var model = layer
        model.className = "Sequential"
        model.config = ["name": .string(layer.name)]
        model.children = [rescaling(by: target.factor, before: layer, in: layer), activation]
        return [model]
    }

    private mutating func rescaling(by factor: Double, before layer: KerasLayer, in parent: KerasLayer) -> KerasLayer {
        let name = unusedName(layer.name + "_argument", in: parent)
        let config: JSONObject = [
            "name": .string(name), "trainable": true, "dtype": layer.config["dtype"] ?? "float32", "scale": .float(factor), "offset": 0.0,
        ]
        let path = parent.path + "/" + name
        report(Repair(.layerAdded, layerPath: path, new: "Rescaling"))
        return KerasLayer(className: "Rescaling", name: name, path: path, place: .member, config: config)
    }
}
