import KerasFiles

/// Writes layers down as `config.json` of Keras 3 has them: every object with the module in which it is found.
package struct ArchiveConfiguration {
    let dialect: KerasDialect

    package init(dialect: KerasDialect) { self.dialect = dialect }

    /// A layer with all that it holds.
    func entry(_ layer: KerasLayer) -> JSONObject {
        var entry: JSONObject = [:]
        let isOwn = layer.isOwnClass
        let known = LayerModules.module(of: layer.className)
        entry["module"] = isOwn ? .string(known.module) : layer.module.map { .string($0) } ?? .null
        // A class of the author's that is called like one of Keras's has its package before its name.
        let className = isOwn ? layer.className : String(layer.className.split(separator: ">").last ?? "")
        entry["class_name"] = .string(className)
        entry["config"] = .object(config(layer))
        entry["registered_name"] = (isOwn ? known.registeredName : layer.fullClassName).map { .string($0) } ?? .null
        return entry
    }

    /// What stands under `config`.
    package func config(_ layer: KerasLayer) -> JSONObject {
        var config = layer.config
        if layer.isOwnClass {
            for (key, value) in config { config[key] = described(value, key: key, of: layer) }
        }
        for key in ChildKey.table[layer.className] ?? (layer.members.isEmpty ? [] : [ChildKey.members]) {
            let children = layer.children.filter { $0.place == key.place }
            guard !children.isEmpty || key.isList else { continue }
            let entries = children.map { JSON.object(entry($0, in: layer)) }
            config[key.key] = key.isList ? .array(entries) : entries[0]
        }
        return config
    }

    /// A layer where it stands in a model; in a Functional, with the calls that it takes part in.
    private func entry(_ layer: KerasLayer, in parent: KerasLayer) -> JSONObject {
        var entry = entry(layer)
        if let nodes = layer.inboundNodes {
            entry["name"] = .string(layer.name)
            entry["inbound_nodes"] = nodes
        }
        return entry
    }

    /// A value with the module of every object in it.
    private func described(_ value: JSON, key: String, of layer: KerasLayer) -> JSON {
        switch value {
        case .string(let name) where key == "dtype" && layer.className != "InputLayer":
            return policy(name)
        case .array(let elements):
            return .array(elements.map { described($0, key: key, of: layer) })
        case .object(let object):
            return .object(described(object))
        default:
            return value
        }
    }

    /// Keras 3 up to 3.3 knows policies by name only.
    private func policy(_ name: String) -> JSON {
        guard dialect == .keras3 else { return .string(name) }
        return ["module": "keras", "class_name": "DTypePolicy", "config": ["name": .string(name)], "registered_name": nil]
    }

    private func described(_ object: JSONObject) -> JSONObject {
        var result: JSONObject = [:]
        guard let className = object["class_name"]?.stringValue, case .object(var config)? = object["config"] else {
            for (key, value) in object {
                if case .object(let inner) = value { result[key] = .object(described(inner)) } else { result[key] = value }
            }
            return result
        }
        guard ClassNames.isKeras(module: object["module"]?.stringValue) else { return object }
        if let known = ConfiguredObject.table[className] {
            result["module"] = .string(known.module)
            result["class_name"] = .string(known.className)
            for key in config.keys where !known.keys.contains(key) { config.removeValue(forKey: key) }
            result["config"] = .object(config)
        } else if LayerVariables.hasClass(className) {
            let layer = KerasLayer(
                className: className, name: config["name"]?.stringValue ?? "", path: "", place: .activation, config: config)
            result = entry(layer)
        } else {
            return object
        }
        result["registered_name"] = result["registered_name"] ?? .null
        result["shared_object_id"] = object["shared_object_id"]
        return result
    }
}
