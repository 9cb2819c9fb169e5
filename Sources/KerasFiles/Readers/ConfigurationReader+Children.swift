extension ConfigurationReader {
    /// The descriptions of the layers that a layer holds, by what they are to it.
    typealias Held = [(key: ChildKey, value: JSON)]

    /// Takes the descriptions of other layers out of a layer's configuration. Of a class that is not Keras's own only a list of layers
    /// called `layers`, which a model derived from Sequential or Functional has, is understood.
    func held(_ config: inout JSONObject, by identity: Identity, path: String) throws(KerasFileError) -> Held {
        var held: Held = []
        let keys = identity.isOwn ? ChildKey.table[identity.className] ?? [] : looksLikeModel(config) ? [ChildKey.members] : []
        for key in keys {
            guard let value = config.removeValue(forKey: key.key), !value.isNull else {
                // A Bidirectional need not say its backward layer.
                if key.place == .backward { continue }
                throw KerasFileError(.missingKey, path: path, key: key.key)
            }
            held.append((key, value))
        }
        return held
    }

    private func looksLikeModel(_ config: JSONObject) -> Bool {
        guard let layers = config[ChildKey.members.key]?.arrayValue, !layers.isEmpty else { return false }
        return layers.allSatisfy { $0["class_name"]?.stringValue != nil && $0["config"] != nil }
    }

    mutating func readChildren(
        _ held: Held, of layer: inout KerasLayer, depth: Int, memberNames: [String]
    ) throws(KerasFileError) {
        if layer.className == "Bidirectional" {
            try readDirections(held, of: &layer, depth: depth)
            return
        }
        for (key, value) in held {
            guard key.isList else {
                layer.children.append(try self.layer(value, at: key.place, in: layer.path, depth: depth + 1))
                continue
            }
            guard case .array(let entries) = value else {
                throw KerasFileError(.wrongType(expected: .array, found: value.valueType), path: layer.path, key: key.key)
            }
            if key.place == .member {
                try readMembers(entries, of: &layer, depth: depth, listedNames: memberNames)
            } else {
                for (index, entry) in entries.enumerated() {
                    let child = try self.layer(
                        entry, at: key.place, in: layer.path, depth: depth + 1, fallbackName: "\(key.place)_\(index)")
                    layer.children.append(child)
                }
            }
        }
    }

    /// Activations that are layers: brought into Keras 3 form where they stand. One with weights of its own becomes a child too.
    mutating func readActivations(of layer: inout KerasLayer, depth: Int) throws(KerasFileError) {
        for key in layer.config.keys where ActivationNames.keys.contains(key) {
            guard case .object(let entry)? = layer.config[key], case .object? = entry["config"],
                let identity = try? Identity(entry, path: layer.path), identity.isOwn
            else { continue }
            let activation = try self.layer(
                .object(entry), at: .activation, in: layer.path, depth: depth + 1, fallbackName: key)
            var described = entry
            described["class_name"] = .string(activation.className)
            described["config"] = .object(activation.config)
            layer.config[key] = .object(described)
            if LayerVariables.of(activation.className, config: activation.config)?.isEmpty == false {
                layer.children.append(activation)
            }
        }
    }
}
