extension ConfigurationReader {
    /// The two layers of a Bidirectional. Where the file has one, the other is the same layer run the other way.
    mutating func readDirections(_ held: Held, of layer: inout KerasLayer, depth: Int) throws(KerasFileError) {
        guard let forward = held.first(where: { $0.key.place == .forward })?.value else {
            throw KerasFileError(.missingKey, path: layer.path, key: "layer")
        }
        let backward: JSON
        if let given = held.first(where: { $0.key.place == .backward })?.value {
            backward = given
        } else {
            backward = try reversed(forward, path: layer.path)
            repairs.append(Repair(.backwardLayerAdded, layerPath: layer.path))
        }
        for (entry, place) in [(forward, KerasLayer.Place.forward), (backward, .backward)] {
            // Keras names them after the layer that it was given; the file may have either name.
            let prefix = "\(place)_"
            let given = entry["config"]?["name"]?.stringValue.map { name in
                let bare = ["forward_", "backward_"].first { name.hasPrefix($0) }.map { name.dropFirst($0.count) } ?? Substring(name)
                return prefix + bare
            }
            var child = try self.layer(
                entry, at: place, in: layer.path, depth: depth + 1, name: given, fallbackName: "\(place)")
            settleMaskedOutput(of: &child)
            layer.children.append(child)
        }
    }

    private func reversed(_ entry: JSON, path: String) throws(KerasFileError) -> JSON {
        var entry = try object(entry, path: path, key: "layer")
        guard case .object(var config)? = entry["config"] else { return .object(entry) }
        config["go_backwards"] = .bool(!(config["go_backwards"]?.boolValue ?? false))
        entry["config"] = .object(config)
        return .object(entry)
    }

    /// What a layer inside Bidirectional puts out at masked steps when it returns sequences: zeros in tf.keras from TensorFlow 1.13 on
    /// (it calls itself 2.2.4-tf) and in Keras 3, whatever its own configuration says; the output of the step before in older ones
    /// and in the package `keras` up to 2.3.1, which know no zeros. The same where the option is null, which is left alone and
    /// counts as false. Here the configuration says which.
    private mutating func settleMaskedOutput(of layer: inout KerasLayer) {
        let key = "zero_output_for_mask"
        guard LayerClasses.recurrent.contains(layer.className) else { return }
        let isForced = version.lineage != .standalone && version >= (2, 2, 0) && layer.config[key] != .null
        let value = JSON.bool(isForced && layer.config["return_sequences"]?.boolValue ?? false)
        guard layer.config[key] != value else { return }
        repairs.append(
            Repair(isForced ? .defaultFilled : .meaningKept, layerPath: layer.path, key: key, old: layer.config[key], new: value))
        layer.config[key] = value
    }
}
