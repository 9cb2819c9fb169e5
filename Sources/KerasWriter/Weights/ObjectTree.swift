import KerasFiles

/// The weights of a model as Keras 3 stores them: a group per object, named by the Python class, with its variables as `vars/0`,
/// `vars/1`, ...
struct ObjectTree {
    private(set) var root = HDF5GroupContent()

    init(_ model: KerasLayer) throws(KerasWriterError) {
        try add(model, at: "")
    }

    private mutating func add(_ layer: KerasLayer, at path: String) throws(KerasWriterError) {
        var counts: [String: Int] = [:]
        addObject(at: path, named: layer.name, &counts)
        if let extras = ObjectPaths.extras[layer.className] { try addCopies(extras, of: layer, at: path, &counts) }
        let variables = LayerVariables.of(layer.className, config: layer.config) ?? []
        for weight in layer.weights {
            let variable = variables.first { $0.role == weight.role }
            let part = variable.flatMap { ObjectPaths.candidates(for: $0, of: layer.className).first } ?? ""
            let object = part.isEmpty ? path : Self.join(path, part)
            if counts[object] == nil { addObject(at: object, named: Self.partName(part, of: layer), &counts) }
            try add(weight.tensor, to: object, &counts)
        }
        try addChildren(of: layer, at: path)
    }

    private mutating func addChildren(of layer: KerasLayer, at path: String) throws(KerasWriterError) {
        let members = layer.members.filter { !(layer.className == "Sequential" && $0.className == "InputLayer") }
        try add(members, in: Self.join(path, ObjectPaths.memberContainers[0]))
        if layer.className == "StackedRNNCells" {
            try add(layer.children.filter { $0.place == .cell }, in: Self.join(path, ObjectPaths.cellContainer))
            return
        }
        var activations = ObjectPaths.candidates(for: .activation)[...]
        for child in layer.children where child.place != .member {
            if child.place == .activation {
                let isCell = ObjectPaths.isCell(layer.className)
                guard let object = activations.first(where: { $0.hasPrefix("cell/") == isCell }) else { continue }
                activations = activations.drop { $0 != object }.dropFirst()
                try add(child, at: Self.join(path, object))
            } else if let object = ObjectPaths.candidates(for: child.place).first {
                try add(child, at: Self.join(path, object))
            }
        }
    }

    private mutating func add(_ layers: [KerasLayer], in container: String) throws(KerasWriterError) {
        let names = ObjectPaths.names(of: layers.map { ($0.objectName, !$0.weights.isEmpty) }, .plain)
        for (layer, name) in zip(layers, names) { try add(layer, at: Self.join(container, name)) }
    }

    /// What a file of weights has of a layer beyond its variables, and repeats from elsewhere.
    private mutating func addCopies(
        _ extras: [ObjectPaths.Extra], of layer: KerasLayer, at path: String, _ counts: inout [String: Int]
    ) throws(KerasWriterError) {
        for extra in extras where extra.name == "0" && layer.className == "SpectralNormalization" {
            guard let kernel = layer.child(.wrapped)?.weights.first?.tensor else { continue }
            try add(kernel, to: path, &counts)
        }
    }

    private mutating func addObject(at path: String, named name: String, _ counts: inout [String: Int]) {
        counts[path] = 0
        // Since Keras 3.6 the object's own name stands beside its variables.
        _ = root.change(at: path + "/vars") { $0.set("name", .text(name, .utf8)) }
    }

    private mutating func add(_ tensor: Tensor, to object: String, _ counts: inout [String: Int]) throws(KerasWriterError) {
        let number = counts[object, default: 0]
        counts[object] = number + 1
        var dataset = HDF5DatasetContent(tensor)
        // What HDF5 has no number for is two bytes without a meaning, and this.
        if tensor.elementType == .bfloat16 { dataset.attributes.append(("dtype", .text("bfloat16", .utf8))) }
        let path = object + "/vars/\(number)"
        guard root.insert(dataset, at: path) else { throw .nameTaken(path: path) }
    }

    private static func join(_ path: String, _ part: String) -> String { path.isEmpty ? part : path + "/" + part }

    /// What Keras calls a part of a layer that has variables of its own.
    private static func partName(_ part: String, of layer: KerasLayer) -> String {
        part == "cell" ? layer.objectName + "_cell" : part
    }
}

extension ObjectTree {
    /// The state of the optimizer.
    mutating func addOptimizer(named name: String, _ state: [Tensor]) throws(KerasWriterError) {
        var counts: [String: Int] = [:]
        addObject(at: ObjectPaths.optimizer, named: name, &counts)
        for tensor in state { try add(tensor, to: ObjectPaths.optimizer, &counts) }
    }
}
