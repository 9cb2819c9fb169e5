import KerasFiles

/// What a layer says is said in the words of the dialect, or left out where that means the same, or refused.
extension TargetLayers {
    mutating func settleKeys(of layer: inout KerasLayer) {
        switch dialect {
        case .keras3, .asWritten: return
        case .keras30:
            guard Keras30Layers.hasClass(layer.className) else { return refuse(layer, nil, .noSuchClass) }
            let className = layer.className
            keep(of: &layer) { Keras30Layers.hasKey($0, of: className) }
        case .keras2:
            guard let known = Keras2Layers.keys(of: layer.className) else { return refuse(layer, nil, .noSuchClass) }
            if !layer.members.isEmpty { settleModel(&layer) }
            renameKeys(of: &layer, known)
            // Releases differ in what they know: what may be left out, is.
            for (key, value) in layer.config where OmittableKey.holds(key, value, of: layer.className) { remove(key, of: &layer) }
            keep(of: &layer, known.contains)
            if layer.className == "MultiHeadAttention" {
                // tf.keras asks for what it built the layer with, and takes null for an answer.
                for key in ["query_shape", "key_shape", "value_shape"] { layer.config[key] = .null }
            }
        }
    }

    private mutating func keep(of layer: inout KerasLayer, _ isKnown: (String) -> Bool) {
        for (key, value) in layer.config where !isKnown(key) {
            guard OmittableKey.holds(key, value, of: layer.className) else {
                refuse(layer, key, .noSuchKey)
                continue
            }
            remove(key, of: &layer)
        }
    }

    /// The names of the keys before Keras 3.
    private mutating func renameKeys(of layer: inout KerasLayer, _ known: Set<String>) {
        for row in RenamedKey.table where row.classes.contains(layer.className) && known.contains(row.old) {
            guard !known.contains(row.new), layer.config.rename(row.new, to: row.old) else { continue }
            report(Repair(.keyRenamed, layerPath: layer.path, key: row.new, old: .string(row.new), new: .string(row.old)))
        }
    }

    /// What Keras 3 says of a model as a whole, and Keras 2 of its layers. (That a model is frozen, they are told before.)
    private mutating func settleModel(_ model: inout KerasLayer) {
        for key in ["trainable", "dtype"] where model.config[key] != nil { remove(key, of: &model) }
        if model.members.contains(where: { $0.className == "InputLayer" }), model.config["build_input_shape"] != nil {
            remove("build_input_shape", of: &model)
        }
    }

    private mutating func remove(_ key: String, of layer: inout KerasLayer) {
        report(Repair(.keyRemoved, layerPath: layer.path, key: key, old: layer.config[key]))
        layer.config.removeValue(forKey: key)
    }
}
