import KerasFiles

/// Writes layers down as the configurations of Keras have them.
package struct TargetConfiguration {
    let dialect: KerasDialect
    /// Whether every object says in which module it is found. Archives need it; Keras 2 has none in HDF5, and Keras 3 reads some layers
    /// wrongly without (it drops the elements of `axis`).
    let hasModules: Bool

    package init(for dialect: KerasDialect, as format: KerasFormat) {
        self.dialect = dialect
        hasModules = dialect != .keras2 || !format.isLegacy
    }

    /// A layer with all that it holds.
    func entry(_ layer: KerasLayer) -> JSONObject {
        let isOwn = layer.isOwnClass
        let known = LayerModules.module(of: layer.className, in: dialect)
        // A class of the author's that is called like one of Keras's has its package before its name.
        let className = isOwn ? layer.className : String(layer.className.split(separator: ">").last ?? "")
        guard hasModules else {
            return ["class_name": .string(isOwn ? className : layer.fullClassName ?? className), "config": .object(config(layer))]
        }
        return [
            "module": isOwn ? .string(known.module) : layer.module.map { .string($0) } ?? .null,
            "class_name": .string(className),
            "config": .object(config(layer)),
            "registered_name": (isOwn ? known.registeredName : layer.fullClassName).map { .string($0) } ?? .null,
        ]
    }

    /// What stands under `config`.
    package func config(_ layer: KerasLayer) -> JSONObject {
        var config = layer.config
        // The constructors of functions take what they are told, and their name where they are told nothing else.
        if dialect == .keras30, layer.isOperation, config.count > 1 { config.removeValue(forKey: "name") }
        if layer.isOwnClass {
            for (key, value) in config { config[key] = described(value, key: key, of: layer) }
        }
        if layer.className == "Bidirectional", dialect == .keras2 {
            for (key, value) in directions(of: layer) { config[key] = value }
            return config
        }
        for key in ChildKey.table[layer.className] ?? (layer.members.isEmpty ? [] : [ChildKey.members]) {
            let children = layer.children.filter { $0.place == key.place }
            guard !children.isEmpty || key.isList else { continue }
            var entries = children.map { entry($0) }
            if let graph = layer.graph, key.place == .member { add(graph, of: children, to: &entries, &config) }
            let list = entries.map { JSON.object($0) }
            config[key.key] = key.isList ? .array(list) : list[0]
        }
        return config
    }

    /// Adds the calls that the members of a Functional take part in.
    private func add(_ graph: KerasGraph, of members: [KerasLayer], to entries: inout [JSONObject], _ config: inout JSONObject) {
        let written = GraphConfiguration(graph, members: members, dialect: dialect)
        for index in entries.indices {
            entries[index]["name"] = .string(members[index].name)
            entries[index]["inbound_nodes"] = written.calls(of: index)
        }
        config["input_layers"] = written.inputs
        config["output_layers"] = written.outputs
    }

    /// Keras 2 puts `forward_` and `backward_` before the names that it finds, and makes the backward layer from the other.
    private func directions(of layer: KerasLayer) -> JSONObject {
        func bare(_ place: KerasLayer.Place) -> JSONObject? {
            guard var direction = layer.child(place) else { return nil }
            let prefix = "\(place)_"
            if direction.name.hasPrefix(prefix) { direction.config["name"] = .string(String(direction.name.dropFirst(prefix.count))) }
            return entry(direction)
        }
        var result: JSONObject = [:]
        guard let forward = bare(.forward) else { return result }
        result["layer"] = .object(forward)
        guard let backward = bare(.backward) else { return result }
        var config = forward["config"]?.objectValue ?? [:]
        config["go_backwards"] = .bool(config["go_backwards"]?.boolValue != true)
        var reversed = forward
        reversed["config"] = .object(config)
        if JSON.object(backward) != .object(reversed) { result["backward_layer"] = .object(backward) }
        return result
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

    /// Keras 3 up to 3.3 knows policies by name only; Keras 2 knows simple ones by name.
    private func policy(_ name: String) -> JSON {
        let config: JSON = ["name": .string(name)]
        switch dialect {
        case .keras3, .asWritten:
            return ["module": "keras", "class_name": "DTypePolicy", "config": config, "registered_name": nil]
        case .keras2 where name.hasPrefix("mixed_"):
            guard hasModules else { return ["class_name": "Policy", "config": config] }
            return ["module": "keras.mixed_precision", "class_name": "Policy", "config": config, "registered_name": nil]
        case .keras30, .keras2:
            return .string(name)
        }
    }

    private func described(_ object: JSONObject) -> JSONObject {
        guard let className = object["class_name"]?.stringValue, case .object(let config)? = object["config"] else {
            var result: JSONObject = [:]
            for (key, value) in object {
                if case .object(let inner) = value { result[key] = .object(described(inner)) } else { result[key] = value }
            }
            return result
        }
        guard ClassNames.isKeras(module: object["module"]?.stringValue) else { return object }
        if let known = ConfiguredObject.table[className] {
            return described(known, config, object)
        }
        guard LayerVariables.hasClass(className) else { return object }
        var result = entry(
            KerasLayer(className: className, name: config["name"]?.stringValue ?? "", path: "", place: .activation, config: config))
        result["shared_object_id"] = object["shared_object_id"]
        return result
    }

    private func described(_ known: ConfiguredObject, _ config: JSONObject, _ object: JSONObject) -> JSONObject {
        var config = config
        let keys = known.keys(in: dialect)
        for key in config.keys where !keys.contains(key) { config.removeValue(forKey: key) }
        // The state of a generator of random numbers: Keras 2 has numbers only.
        if dialect == .keras2, config["seed"]?.objectValue != nil { config["seed"] = .null }
        let className = JSON.string(known.className(in: dialect))
        guard hasModules else { return ["class_name": className, "config": .object(config)] }
        var result: JSONObject = [
            "module": .string(known.module), "class_name": className, "config": .object(config), "registered_name": nil,
        ]
        result["shared_object_id"] = object["shared_object_id"]
        return result
    }
}
