import KerasFiles

/// Turns layers in Keras 3 form into layers that the Keras of a dialect takes for the same, and keeps account of it.
struct TargetLayers {
    let dialect: KerasDialect
    private(set) var repairs: [Repair] = []
    private(set) var refusals: [Unexpressible] = []
    /// Layers whose weights are not the stored ones.
    private(set) var rescaled: Set<String> = []
    /// Whether some layer of the model tells others which steps to leave out.
    private let hasMasks: Bool

    init(_ root: KerasLayer, for dialect: KerasDialect) {
        self.dialect = dialect
        hasMasks = root.makesMasks
    }

    mutating func translate(_ layer: KerasLayer) -> KerasLayer {
        var layer = layer
        if layer.isOwnClass {
            layer.pythonClass = ObjectNames.pythonClass(written: layer.className, className: layer.className)
            settleActivations(of: &layer)
            settleValues(of: &layer)
        }
        var children: [KerasLayer] = []
        for child in layer.children {
            let translated = translate(child)
            children += argumentScaled(translated, in: layer) ?? [translated]
        }
        layer.children = children
        return layer
    }

    mutating func report(_ repair: Repair) { repairs.append(repair) }

    mutating func refuse(_ layer: KerasLayer, _ key: String?, _ reason: Unexpressible.Reason) {
        refusals.append(
            Unexpressible(layerPath: layer.path, key: key, value: key.flatMap { layer.config[$0] }, reason: reason))
    }

    mutating func markRescaled(_ layer: KerasLayer) { rescaled.insert(layer.path) }

    /// Values that the dialect has no word for.
    private mutating func settleValues(of layer: inout KerasLayer) {
        if layer.config["interpolation"] == "keras2>bilinear" { refuse(layer, "interpolation", .noSuchValue) }
        settleMaskedOutput(of: &layer)
    }

    /// Up to Keras 2.3.1 a layer inside Bidirectional puts out at masked steps what it did at the step before. Later Bidirectionals make
    /// it zeros, unless the option is null: then they leave it, and null counts as false.
    private mutating func settleMaskedOutput(of layer: inout KerasLayer) {
        let key = "zero_output_for_mask"
        guard layer.place == .forward || layer.place == .backward, hasMasks,
            layer.config["return_sequences"]?.boolValue == true, layer.config[key] == false
        else { return }
        guard dialect != .keras2 else { return refuse(layer, key, .maskedOutput) }
        report(Repair(.meaningKept, layerPath: layer.path, key: key, old: false, new: .null))
        layer.config[key] = .null
    }
}
