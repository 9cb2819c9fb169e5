import KerasFiles

/// Turns layers in Keras 3 form into layers that the Keras of a dialect takes for the same, and keeps account of it.
struct TargetLayers {
    let dialect: KerasDialect
    private(set) var repairs: [Repair] = []
    private(set) var refusals: [Unexpressible] = []
    /// Layers whose weights are not the stored ones.
    private(set) var rescaled: Set<String> = []
    /// Whether some layer of the model tells others which steps to leave out.
    let hasMasks: Bool

    /// Whether layers that pass a mask on in Keras 3 end it for the Keras that wrote the model.
    let endsMasks: Bool

    /// Whether some Keras 3 wrote the model.
    let isOfKeras3: Bool

    init(_ root: KerasLayer, by version: KerasVersion, for dialect: KerasDialect) {
        self.dialect = dialect
        isOfKeras3 = version.lineage == .multiBackend
        hasMasks = root.makesMasks
        endsMasks = hasMasks && version.lineage != .multiBackend && dialect != .keras2
    }

    mutating func translate(_ layer: KerasLayer) -> KerasLayer {
        var layer = layer
        // Keras 2 does not say that a model is frozen, but that its layers are.
        let freezesMembers = dialect == .keras2 && layer.isFrozen && !layer.members.isEmpty
        settleCuDNN(&layer)
        settleClass(of: layer)
        if layer.isOwnClass {
            layer.pythonClass = ObjectNames.pythonClass(written: layer.className, className: layer.className)
            settleActivations(of: &layer)
            settleValues(of: &layer)
            settleDescribedLayers(of: &layer)
            settleKeys(of: &layer)
        }
        var children: [KerasLayer] = []
        for var child in layer.children {
            if freezesMembers, child.className != "InputLayer" { child.config["trainable"] = false }
            var translated = translate(child)
            if let replaced = upSamplingReplaced(translated) { translated = replaced }
            children += argumentScaled(translated, writtenAs: child, in: layer) ?? [translated]
        }
        settleNames(of: &children)
        layer.children = children
        endMasks(in: &layer)
        if dialect == .keras30 { settleForKeras30(layer) }
        if dialect == .keras2, let graph = layer.graph {
            for (member, calls) in zip(layer.members, graph.calls) where !calls.allSatisfy({ GraphConfiguration.isWrittenByKeras2($0, of: member) }) {
                refuse(member, nil, .noSuchClass)
            }
        }
        return layer
    }

    private mutating func settleClass(of layer: KerasLayer) {
        guard dialect != .keras2, AbsentClasses.names.contains(layer.className), ClassNames.isKeras(module: layer.module),
            layer.registeredName?.contains(">") != true
        else { return }
        refuse(layer, AbsentClasses.keys[layer.className], .noSuchClass)
    }

    mutating func report(_ repair: Repair) { repairs.append(repair) }

    mutating func refuse(_ layer: KerasLayer, _ key: String?, _ reason: Unexpressible.Reason) {
        let refusal = Unexpressible(layerPath: layer.path, key: key, value: key.flatMap { layer.config[$0] }, reason: reason)
        // An activation with weights is a layer and stands in the configuration.
        if !refusals.contains(refusal) { refusals.append(refusal) }
    }

    mutating func markRescaled(_ layer: KerasLayer) { rescaled.insert(layer.path) }

    /// Layers that stand as activations in the configuration of a layer.
    private mutating func settleDescribedLayers(of layer: inout KerasLayer) {
        for key in layer.config.keys where ActivationNames.keys.contains(key) {
            guard case .object(var described)? = layer.config[key], let className = described["class_name"]?.stringValue,
                case .object(let config)? = described["config"], ClassNames.isKeras(module: described["module"]?.stringValue),
                LayerVariables.hasClass(className)
            else { continue }
            let name = config["name"]?.stringValue ?? key
            let activation = KerasLayer(
                className: className, name: name, path: layer.path + "/" + name, place: .activation, config: config)
            described["config"] = .object(translate(activation).config)
            layer.config[key] = .object(described)
        }
    }

    /// Values that the dialect has no word for.
    private mutating func settleValues(of layer: inout KerasLayer) {
        if layer.config["interpolation"] == "keras2>bilinear", dialect == .keras2 || layer.place != .member {
            refuse(layer, "interpolation", .noSuchValue)
        }
        settleMaskedOutput(of: &layer)
    }

    /// Up to Keras 2.3.1 a layer inside Bidirectional puts out at masked steps what it did at the step before. Later Bidirectionals make
    /// it zeros, unless the option is null: then they leave it, and null counts as false.
    private mutating func settleMaskedOutput(of layer: inout KerasLayer) {
        let key = "zero_output_for_mask"
        guard layer.place == .forward || layer.place == .backward, hasMasks,
            layer.config["return_sequences"]?.boolValue == true, layer.config[key] == false
        else { return }
        // Keras 2 has no null here.
        guard dialect != .keras2 else { return }
        report(Repair(.meaningKept, layerPath: layer.path, key: key, old: false, new: .null))
        layer.config[key] = .null
    }
}
