import KerasFiles

/// What a layer says is said in the words of the dialect, or left out where that means the same, or refused.
extension TargetLayers {
    mutating func settleKeys(of layer: inout KerasLayer) {
        switch dialect {
        case .keras3, .asWritten: return
        case .keras30:
            guard Keras30Layers.hasClass(layer.className) else { return refuse(layer, nil, .noSuchClass) }
            let className = layer.className
            removeBuiltShape(of: &layer)
            keep(of: &layer) { Keras30Layers.hasKey($0, of: className) }
        case .keras2:
            guard let known = Keras2Layers.keys(of: layer.className) else { return refuse(layer, nil, .noSuchClass) }
            if !layer.members.isEmpty { settleModel(&layer) }
            renameKeys(of: &layer, known)
            nameFunctions(of: &layer)
            if layer.className == "Lambda" {
                for key in LambdaFunction.bringIntoKeras2Form(&layer.config) { refuse(layer, key, .noSuchValue) }
            }
            // Releases differ in what they know: what may be left out, is.
            for (key, value) in layer.config where OmittableKey.holds(key, value, of: layer.className) { remove(key, of: &layer) }
            keep(of: &layer, known.contains)
            settleEpsilon(of: &layer)
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

    /// Keras 2 has a function of the author's by its name.
    private mutating func nameFunctions(of layer: inout KerasLayer) {
        for key in layer.config.keys where ActivationNames.keys.contains(key) {
            guard let function = layer.config[key], function["class_name"] == "function", let name = function["config"]?.stringValue else { continue }
            report(Repair(.valueTranslated, layerPath: layer.path, key: key, old: function, new: .string(name)))
            layer.config[key] = .string(name)
        }
    }

    /// TensorFlow's fused operation took no smaller epsilon than this up to 2.11, and took this one instead without a word.
    private mutating func settleEpsilon(of layer: inout KerasLayer) {
        guard layer.className == "BatchNormalization", isOfKeras3, let epsilon = layer.config["epsilon"]?.doubleValue, epsilon < 1.001e-5
        else { return }
        report(Repair(.meaningKept, layerPath: layer.path, key: "fused", old: layer.config["fused"], new: false))
        layer.config["fused"] = false
    }

    /// What Keras 3 says of a model as a whole, and Keras 2 of its layers. (That a model is frozen, they are told before.)
    private mutating func settleModel(_ model: inout KerasLayer) {
        for key in ["trainable", "dtype"] where model.config[key] != nil { remove(key, of: &model) }
        removeBuiltShape(of: &model)
    }

    /// What the InputLayer says.
    private mutating func removeBuiltShape(of model: inout KerasLayer) {
        guard model.config["build_input_shape"] != nil, model.members.contains(where: { $0.className == "InputLayer" }) else { return }
        remove("build_input_shape", of: &model)
    }

    private mutating func remove(_ key: String, of layer: inout KerasLayer) {
        report(Repair(.keyRemoved, layerPath: layer.path, key: key, old: layer.config[key]))
        layer.config.removeValue(forKey: key)
    }
}
