/// What a file names and cannot carry, and the built-ins that its user gives for it.
extension ConfigurationReader {
    /// Notes that a replacement was found, and returns it; notes what could have been replaced when there is none.
    private mutating func replacement(for names: [String?], onlyFunctions: Bool = false) -> Replacement? {
        let names = names.compactMap { $0 }
        guard let found = options.replacements.first(where: { names.contains($0.name) && ($0.isFunction || !onlyFunctions) }) else {
            replaceable += names.filter { !replaceable.contains($0) }
            return nil
        }
        if !replaced.contains(found) { replaced.append(found) }
        return found
    }

    /// Throws when there is nothing that one of the replacements could be for, be it that another one has taken it.
    func requireReplaced() throws(KerasFileError) {
        guard let idle = options.replacements.first(where: { !replaced.contains($0) }) else { return }
        throw KerasFileError(.nothingToReplace(idle.name, replaceable: replaceable))
    }

    /// The built-in layer that stands for a Lambda or a class of the author's, whatever it holds; nil for other layers.
    mutating func replacement(
        for entry: JSONObject, _ config: JSONObject, _ identity: Identity, name: String, path: String, place: KerasLayer.Place
    ) throws(KerasFileError) -> KerasLayer? {
        guard !identity.isOwn || identity.className == "Lambda" else { return nil }
        let names = [name, identity.isOwn ? nil : identity.writtenName, identity.registeredName.flatMap { $0.contains(">") ? $0 : nil }]
        guard let replacement = replacement(for: names) else { return nil }
        let className = replacement.isFunction ? "Activation" : replacement.builtIn
        let kept = JSONObject(Replacement.keptKeys.compactMap { key in config[key].map { (key: key, value: $0) } })
        var translation = LayerTranslation(kept, className: className, isOwn: true, path: path, version: version)
        try translation.run()
        var new = translation.config
        if replacement.isFunction { new["activation"] = .string(replacement.builtIn) }
        for (key, value) in replacement.config where !Replacement.keptKeys.contains(key) { new[key] = value }
        repairs.append(
            Repair(
                .replaced, layerPath: path, old: .object(["class_name": .string(identity.writtenName), "config": .object(config)]),
                new: .object(["class_name": .string(className), "config": .object(new)])))
        var layer = KerasLayer(
            className: className, name: name, path: path, place: place, config: new)
        // Files of weights by path know the layer by the class that it was written as.
        layer.pythonClass = identity.writtenName.split(separator: ">").last.map(String.init)
        layer.sharedObject = entry["shared_object_id"]?.integerValue
        return layer
    }

    /// Activation functions of the author's, where built-ins stand for them.
    mutating func replaceActivations(of layer: inout KerasLayer) {
        for key in layer.config.keys where ActivationNames.keys.contains(key) {
            guard let value = layer.config[key], let names = Self.functionNames(value),
                let replacement = replacement(for: names, onlyFunctions: true)
            else { continue }
            let new = JSON.string(replacement.builtIn)
            repairs.append(Repair(.replaced, layerPath: layer.path, key: key, old: value, new: new))
            layer.config[key] = new
        }
    }

    /// What a function is called that is none of Keras's; nil for those that are.
    private static func functionNames(_ value: JSON) -> [String?]? {
        if let name = value.stringValue { return ActivationNames.builtIn.contains(name) ? nil : [name] }
        guard let className = value["class_name"]?.stringValue else { return nil }
        switch className {
        case "__lambda__": return ["<lambda>"]
        case "function":
            guard let name = value["config"]?.stringValue, !ActivationNames.builtIn.contains(name) else { return nil }
            return [name, value["registered_name"]?.stringValue.flatMap { $0.contains(">") ? $0 : nil }]
        default:
            guard let object = value.objectValue, let identity = try? Identity(object, path: nil), !identity.isOwn else { return nil }
            return [className, identity.registeredName.flatMap { $0.contains(">") ? $0 : nil }]
        }
    }
}
