import KerasFiles

extension LegacyFile {
    /// The file of a dialect.
    init(_ target: TargetModel) throws(KerasWriterError) {
        let isKeras2 = target.dialect == .keras2
        version = target.dialect.version
        backend = "tensorflow"
        configuration = .object(TargetConfiguration(for: target.dialect, as: .legacyHDF5).entry(target.root))
        groups = try LegacyWeights.groups(of: target)
        // Every h5py gives these to Keras as it expects them.
        names = isKeras2 ? .fixedLength : .variableLength
        rootCharset = .utf8
        if let training = target.training { add(training, for: target.dialect) }
    }
}

/// The weights of a model as legacy HDF5 lists them: a group for each layer of the model, in it what training changes and then the rest.
enum LegacyWeights {
    static func groups(of target: TargetModel) throws(KerasWriterError) -> [WrittenGroup] {
        let root = target.root
        guard !root.members.isEmpty else { return untold(root) }
        let isSequential = root.className == "Sequential"
        var refusals: [Unexpressible] = []
        var groups: [WrittenGroup] = []
        for layer in root.members where !(isSequential && layer.className == "InputLayer") {
            if let weights = weights(of: layer, target.dialect) {
                groups.append(WrittenGroup(name: layer.name, weights: weights))
            } else {
                refusals.append(Unexpressible(layerPath: layer.path, key: nil, value: nil, reason: .unknownVariables))
            }
        }
        guard refusals.isEmpty else { throw .cannotBeExpressed(refusals) }
        return groups
    }

    /// Nil when the order is not known.
    private static func weights(of layer: KerasLayer, _ dialect: KerasDialect) -> [(name: String, tensor: Tensor)]? {
        var names = Names(dialect)
        guard let order = WeightOrder(of: layer) else {
            // As it stood in a legacy file. The path in a file of Keras 3 tells no order between objects.
            guard layer.children.isEmpty, layer.weights.allSatisfy({ Int($0.role) != nil }) else { return nil }
            return layer.weights.map { (names.unused(layer.name + "/" + $0.role), $0.tensor) }
        }
        var created: [(name: String, tensor: Tensor)] = []
        Self.collect(layer, in: "", &created)
        guard created.count == order.slots.count else { return nil }
        return order.numbered.map { (names.unused(created[$0.number].name), created[$0.number].tensor) }
    }

    /// In the order in which Keras creates them.
    private static func collect(_ layer: KerasLayer, in path: String, _ created: inout [(name: String, tensor: Tensor)]) {
        let path = path.isEmpty ? layer.name : path + "/" + layer.name
        let variables = LayerVariables.of(layer.className, config: layer.config) ?? []
        for weight in Adapters.apart(layer, variables) ?? [] {
            created.append((path + "/" + (variables.first { $0.role == weight.role }?.legacyName ?? weight.role), weight.tensor))
        }
        for child in layer.children { collect(child, in: path, &created) }
    }

    /// A class of the author's, of which nothing is known but what a legacy file said: `group/number`.
    private static func untold(_ root: KerasLayer) -> [WrittenGroup] {
        var groups: [WrittenGroup] = []
        for weight in root.weights {
            let name = weight.role.split(separator: "/").dropLast().joined(separator: "/")
            if groups.last?.name != name { groups.append(WrittenGroup(name: name, weights: [])) }
            groups[groups.count - 1].weights.append((weight.role, weight.tensor))
        }
        return groups
    }

    /// Names of datasets: Keras 2 has `:0` behind them.
    private struct Names {
        private let suffix: String
        private var taken: Set<String> = []

        init(_ dialect: KerasDialect) { suffix = dialect == .keras2 ? ":0" : "" }

        mutating func unused(_ name: String) -> String {
            var number = 0
            var candidate = name
            while !taken.insert(candidate).inserted {
                number += 1
                candidate = "\(name)_\(number)"
            }
            return candidate + suffix
        }
    }
}
