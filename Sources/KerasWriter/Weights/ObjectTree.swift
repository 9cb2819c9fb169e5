import KerasFiles

/// The weights of a model as Keras 3 stores them: a group per object, named by the Python class, with its variables as `vars/0`,
/// `vars/1`, ...
struct ObjectTree {
    var root = HDF5GroupContent()
    /// Layers that stand in several places and have been stored.
    private var shared: Set<Int64> = []
    let dialect: KerasDialect

    init(_ model: TargetModel) throws(KerasWriterError) {
        dialect = model.dialect
        try add(model.root, at: "")
        if dialect != .keras2, let state = model.training?.state { try addOptimizer(state) }
    }

    private mutating func add(_ layer: KerasLayer, at path: String) throws(KerasWriterError) {
        if let number = layer.sharedObject, !shared.insert(number).inserted { return }
        var objects = Objects()
        addObject(at: path, named: layer.name, &objects)
        if layer.className == "SpectralNormalization", let kernel = layer.child(.wrapped)?.weights.first?.tensor {
            // The one layer that stores a variable of the layer in it once more.
            try add(kernel, to: path, named: nil, &objects)
        }
        let variables = LayerVariables.of(layer.className, config: layer.config)
        guard let weights = Adapters.merged(layer) else {
            throw .cannotBeExpressed([
                Unexpressible(layerPath: layer.path, key: "lora_rank", value: layer.config["lora_rank"], reason: .unknownVariables)
            ])
        }
        for weight in weights {
            let variable = variables?.first { $0.role == weight.role }
            let (part, name) = place(of: weight.role, variable, in: layer)
            let object = Self.join(path, part)
            if objects.counts[object] == nil { addObject(at: object, named: Self.partName(part, of: layer), &objects) }
            try add(weight.tensor, to: object, named: name, &objects)
        }
        try addChildren(of: layer, at: path)
    }

    /// The object that holds a variable, relative to the layer's, and the variable's name where that is not its number.
    private func place(of role: String, _ variable: LayerVariable?, in layer: KerasLayer) -> (object: String, name: String?) {
        if let variable {
            let candidates = ObjectPaths.candidates(for: variable, of: layer.className)
            return (dialect == .keras2 ? candidates[candidates.count - 1] : candidates[0], nil)
        }
        if let extra = ObjectPaths.extras[layer.className]?.first(where: { $0.role == role }) { return (extra.object, extra.name) }
        // Variables of a class that nobody knows have their place for a role, where the model was read from a file of Keras 3.
        let parts = role.split(separator: "/", omittingEmptySubsequences: false)
        return (parts.dropLast().joined(separator: "/"), nil)
    }

    private mutating func addChildren(of layer: KerasLayer, at path: String) throws(KerasWriterError) {
        let members = layer.members.filter { member in
            !member.isOperation && !(layer.className == "Sequential" && member.className == "InputLayer")
        }
        try add(members, in: Self.join(path, ObjectPaths.memberContainers[0]))
        if layer.className == "StackedRNNCells" {
            try add(layer.children.filter { $0.place == .cell }, in: Self.join(path, ObjectPaths.cellContainer))
            return
        }
        let prefix = ObjectPaths.cells.contains(layer.className) ? "cell/" : ""
        var activationKeys = layer.config.keys.filter { ActivationNames.keys.contains($0) && layer.config[$0]?.objectValue != nil }[...]
        for child in layer.children where child.place != .member {
            if child.place == .activation {
                let key = activationKeys.first { layer.config[$0]?["config"]?["name"] == .string(child.name) } ?? activationKeys.first
                guard let key else { continue }
                activationKeys.removeAll { $0 == key }
                try add(child, at: Self.join(path, prefix + key))
            } else {
                try add(child, at: Self.join(path, ObjectPaths.candidates(for: child.place)[0]))
            }
        }
    }

    private mutating func add(_ layers: [KerasLayer], in container: String) throws(KerasWriterError) {
        let names = ObjectPaths.names(of: layers.map { ($0.objectName, !$0.weights.isEmpty) }, .plain)
        for (layer, name) in zip(layers, names) { try add(layer, at: Self.join(container, name)) }
    }

    /// The objects of one layer, and how many variables each has so far.
    private struct Objects {
        var counts: [String: Int] = [:]
    }

    private mutating func addObject(at path: String, named name: String, _ objects: inout Objects) {
        objects.counts[path] = 0
        // Since Keras 3.6 the object's own name stands beside its variables.
        _ = root.change(at: path + "/vars") { $0.set("name", .text(name, .utf8)) }
    }

    private mutating func add(
        _ tensor: Tensor, to object: String, named name: String?, _ objects: inout Objects
    ) throws(KerasWriterError) {
        let number = objects.counts[object, default: 0]
        if name == nil { objects.counts[object] = number + 1 }
        let path = object + "/vars/" + (name ?? String(number))
        guard root.insert(Self.dataset(tensor), at: path) else { throw .nameTaken(path: path) }
    }

    static func dataset(_ tensor: Tensor) -> HDF5DatasetContent {
        var dataset = HDF5DatasetContent(tensor)
        // HDF5 has no name for bfloat16; an attribute says that two bytes are one.
        if tensor.elementType == .bfloat16 { dataset.attributes.append(("dtype", .text("bfloat16", .utf8))) }
        return dataset
    }

    private static func join(_ path: String, _ part: String) -> String {
        path.isEmpty || part.isEmpty ? path + part : path + "/" + part
    }

    /// What Keras calls a part of a layer that has variables of its own.
    private static func partName(_ part: String, of layer: KerasLayer) -> String {
        part == "cell" ? layer.objectName + "_cell" : part
    }
}

extension ObjectTree {
    private mutating func addOptimizer(_ state: TargetTraining.State) throws(KerasWriterError) {
        var objects = Objects()
        addObject(at: ObjectPaths.optimizer, named: state.name, &objects)
        for part in state.parts { try add(part.tensor, to: ObjectPaths.optimizer, named: nil, &objects) }
        for group in state.inner {
            addObject(at: group.name, named: group.label ?? state.name, &objects)
            for weight in group.weights { try add(weight.tensor, to: group.name, named: nil, &objects) }
        }
    }
}
