/// Gives the layers of a model the weights that a Keras 3 file keeps for their objects.
///
/// An object is found by its path, which follows from the classes of the layers and their order (``ObjectPaths``); within an object the
/// number of a weight tells its role. No weight of the file is left over and no layer goes without, or an error says which.
struct ObjectAssignment {
    private let groups: [WeightGroup]
    /// Groups by their path.
    private let numbers: [String: Int]
    /// Names of what is in an object, whether it has variables itself or not.
    private let contents: [String: Set<String>]
    private var claimed: Set<Int> = []
    /// Files of layers by the folders of their objects.
    private let assets: [String: [Asset]]
    /// Layers that stand in several places, as they were found in the first.
    private var shared: [Int64: KerasLayer] = [:]

    init(groups: [WeightGroup], assets: [Asset] = [], limits: Limits) throws(KerasFileError) {
        var numbers: [String: Int] = [:]
        var contents: [String: Set<String>] = [:]
        for (number, group) in groups.enumerated() {
            guard numbers.updateValue(number, forKey: group.name) == nil else { throw KerasFileError(.duplicateName(group.name)) }
            try group.checkNumbers()
            var parent = ""
            for (depth, component) in group.name.utf8.split(separator: UInt8(ascii: "/")).enumerated() {
                guard depth < limits.groupDepth else {
                    throw KerasFileError(.limitExceeded(.groupDepth, found: UInt64(depth), limit: UInt64(clamping: limits.groupDepth)))
                }
                let name = String(Substring(component))
                contents[parent, default: []].insert(name)
                parent = Self.join(parent, name)
            }
        }
        self.groups = groups
        self.assets = Asset.byFolder(assets)
        self.numbers = numbers
        self.contents = contents
    }

    mutating func assign(to model: inout KerasLayer) throws(KerasFileError) {
        try assign(to: &model, at: "", frozen: false)
        for (number, group) in groups.enumerated() where !claimed.contains(number) && !group.weights.isEmpty {
            throw KerasFileError(.weightsWithoutLayer, path: "/" + group.name)
        }
    }

    private mutating func assign(to layer: inout KerasLayer, at path: String, frozen: Bool) throws(KerasFileError) {
        if let identity = layer.sharedObject, let first = shared[identity] {
            layer.takeWeights(of: first)
            return
        }
        try assignOwn(to: &layer, at: path, frozen: frozen || layer.isFrozen)
        if let identity = layer.sharedObject { shared[identity] = layer }
    }

    /// `frozen`: whether the layer, or one around it, is.
    private mutating func assignOwn(to layer: inout KerasLayer, at path: String, frozen: Bool) throws(KerasFileError) {
        layer.assets = assets[Self.join("assets", path)] ?? []
        let variables = layer.isOwnClass ? LayerVariables.of(layer.className, config: layer.config) : nil
        if let variables {
            try fill(variables, of: &layer, at: path, frozen: frozen)
        }
        try assignMembers(of: &layer, at: path, frozen: frozen)
        for index in layer.children.indices where layer.children[index].place != .member {
            let place = layer.children[index].place
            // The cells of StackedRNNCells are many.
            guard place != .cell || layer.className != "StackedRNNCells" else { continue }
            let candidates = ObjectPaths.candidates(for: place).map { Self.join(path, $0) }
            let found = candidates.first { contents[$0] != nil || isUnclaimed($0) } ?? candidates[0]
            try assign(to: &layer.children[index], at: found, frozen: frozen)
        }
        if variables == nil { claimRest(of: &layer, at: path, frozen: frozen) }
    }

    private func isUnclaimed(_ path: String) -> Bool { numbers[path].map { !claimed.contains($0) } ?? false }

    static func join(_ parent: String, _ name: String) -> String {
        name.isEmpty ? parent : parent.isEmpty ? name : parent + "/" + name
    }
}

// MARK: The weights of one layer

extension ObjectAssignment {
    private mutating func fill(
        _ variables: [LayerVariable], of layer: inout KerasLayer, at path: String, frozen: Bool
    ) throws(KerasFileError) {
        var weights: [LayerWeight] = []
        var rest = variables.filter { !$0.isOnlyInLegacy }[...]
        // The layer's own object comes first, also when it must be empty.
        var candidates = [""]
        repeat {
            let own = rest.prefix { ObjectPaths.candidates(for: $0, of: layer.className) == candidates }
            rest = rest.dropFirst(own.count)
            weights += try fill(own.map { WeightSlot($0, of: layer, frozen: frozen) }, in: candidates, of: layer, at: path, frozen: frozen)
            candidates = rest.first.map { ObjectPaths.candidates(for: $0, of: layer.className) } ?? []
        } while !rest.isEmpty
        layer.weights = weights
        for extra in ObjectPaths.extras[layer.className] ?? [] where !extra.object.isEmpty {
            if let number = numbers[Self.join(path, extra.object)] { claimed.insert(number) }
        }
    }

    /// The weights of one of the layer's objects, which is at one of the `candidates`.
    private mutating func fill(
        _ slots: [WeightSlot], in candidates: [String], of layer: KerasLayer, at path: String, frozen: Bool
    ) throws(KerasFileError) -> [LayerWeight] {
        let paths = candidates.map { Self.join(path, $0) }
        guard let found = paths.first(where: { numbers[$0] != nil }), let number = numbers[found] else {
            guard slots.isEmpty else { throw missing(paths[0], of: layer) }
            return []
        }
        claimed.insert(number)
        var group = groups[number]
        var extra: [LayerWeight] = []
        var places = Array(group.weights.indices)
        for row in ObjectPaths.extras[layer.className] ?? [] where row.object == candidates[0] {
            guard let index = group.weights.firstIndex(where: { $0.name == row.name }) else { continue }
            let weight = group.weights.remove(at: index)
            let place = WeightPlace(group: number, index: places.remove(at: index))
            guard let role = row.role else { continue }
            extra.append(LayerWeight(role: role, tensor: weight.tensor, isTrainable: false, place: place))
        }
        let needed = slots.filter { !$0.variable.isOmittable }
        let filled = group.weights.count == needed.count ? needed : slots
        var weights = try WeightSlot.fill(filled, from: group, number: number, of: layer, checkingNames: false)
        for index in weights.indices { weights[index].place?.index = places[index] }
        return weights + extra
    }

    private func missing(_ path: String, of layer: KerasLayer) -> KerasFileError {
        let container = path.split(separator: "/").dropLast().joined(separator: "/")
        let others = (contents[container] ?? []).sorted(by: ObjectListing.precedes).filter { name in
            let other = Self.join(container, name)
            return isUnclaimed(other) || contents[other] != nil
        }
        return KerasFileError(.weightsMissing(object: path, found: Array(others.prefix(10))), path: layer.path)
    }

    /// Gives a layer whose variables nobody knows whatever is in its object, or in objects in that, and not another layer's.
    private mutating func claimRest(of layer: inout KerasLayer, at path: String, below inner: String = "", frozen: Bool) {
        let object = Self.join(path, inner)
        if let number = numbers[object], claimed.insert(number).inserted {
            for (index, stored) in groups[number].weights.enumerated() {
                layer.weights.append(
                    LayerWeight(
                        role: Self.join(inner, stored.name), tensor: stored.tensor, isTrainable: !frozen,
                        place: WeightPlace(group: number, index: index)))
            }
        }
        // No deeper than the groups' paths, which are bounded.
        for name in (contents[object] ?? []).sorted(by: ObjectListing.precedes) {
            claimRest(of: &layer, at: path, below: Self.join(inner, name), frozen: frozen)
        }
    }
}

// MARK: The layers of a model

extension ObjectAssignment {
    private mutating func assignMembers(of layer: inout KerasLayer, at path: String, frozen: Bool) throws(KerasFileError) {
        let isStack = layer.className == "StackedRNNCells"
        let indices = layer.children.indices.filter { layer.children[$0].place == (isStack ? .cell : .member) && layer.children[$0].hasObject(in: layer) }
        guard !indices.isEmpty else { return }
        let containers = (isStack ? [ObjectPaths.cellContainer] : ObjectPaths.memberContainers).map { Self.join(path, $0) }
        let container = containers.first { contents[$0] != nil } ?? containers[0]
        let names = try names(of: indices.map { layer.children[$0] }, in: container)
        for (index, name) in zip(indices, names) {
            try assign(to: &layer.children[index], at: Self.join(container, name), frozen: frozen)
        }
    }

    /// What the objects of these layers are called in their container.
    private func names(of layers: [KerasLayer], in container: String) throws(KerasFileError) -> [String] {
        let objects = layers.map { (name: $0.objectName, hasWeights: $0.hasWeights) }
        let found = contents[container] ?? []
        let choices = ObjectPaths.Numbering.allCases.map { ObjectPaths.names(of: objects, $0) }
        // Before Keras 3.6 every layer has an object, also one without weights.
        if let exact = choices.first(where: { Set($0) == found }) { return try checked(exact, layers, container) }
        let needed = layers.map { $0.hasWeights && !isKnown($0) }
        let fitting = choices.first { names in zip(names, needed).allSatisfy { !$1 || found.contains($0) } }
        if let fitting { return try checked(fitting, layers, container) }
        return namesByLabel(of: layers, needed, in: container) ?? choices[0]
    }

    private func isKnown(_ layer: KerasLayer) -> Bool { layer.sharedObject.map { shared[$0] != nil } ?? false }

    /// The names, unless the file says that all of them stand for layers of this model, but for others than these.
    private func checked(_ names: [String], _ layers: [KerasLayer], _ container: String) throws(KerasFileError) -> [String] {
        let pairs = zip(names, layers).filter { $1.hasWeights }
        let labels = pairs.map { label(of: $0.0, in: container) }
        // Two sessions of Keras number layers differently: that one's dense_1 is the other's dense_2 means nothing.
        guard Set(labels) == Set(pairs.map(\.1.name)),
            let wrong = zip(pairs, labels).first(where: { $0.1.name != $1 })
        else { return names }
        throw KerasFileError(.layerOrder(expected: wrong.0.1.name), path: "/" + Self.join(container, wrong.0.0))
    }

    private func label(of name: String, in container: String) -> String? {
        numbers[Self.join(container, name)].flatMap { groups[$0].label }
    }

    /// By the names of the layers, for objects that are not called by their class; nil unless that finds every layer that has weights.
    private func namesByLabel(of layers: [KerasLayer], _ needed: [Bool], in container: String) -> [String]? {
        var byLabel: [String: String] = [:]
        for name in contents[container] ?? [] {
            guard let label = label(of: name, in: container) else { continue }
            guard byLabel.updateValue(name, forKey: label) == nil else { return nil }
        }
        guard zip(layers, needed).allSatisfy({ !$1 || byLabel[$0.name] != nil }) else { return nil }
        // A path that no object has.
        return layers.map { byLabel[$0.name] ?? "" }
    }
}

extension KerasLayer {
    /// Whether the layer has an object of its own among those of a model's layers.
    fileprivate func hasObject(in model: KerasLayer) -> Bool {
        !isOperation && !(className == "InputLayer" && model.className == "Sequential")
    }

    /// Whether it is a function call (`keras.ops`) that stands among the layers of a Functional.
    package var isOperation: Bool { module.map(ClassNames.isOperation) ?? false }

    /// Whether the layer, or one in it, has variables, as far as that can be known.
    fileprivate var hasWeights: Bool {
        guard isOwnClass, let variables = LayerVariables.of(className, config: config) else { return !isOperation }
        return !variables.isEmpty || children.contains(where: \.hasWeights)
    }

    /// Takes over the weights of the same layer in another place.
    fileprivate mutating func takeWeights(of other: KerasLayer) {
        weights = other.weights
        for (index, child) in zip(children.indices, other.children) { children[index].takeWeights(of: child) }
    }
}
