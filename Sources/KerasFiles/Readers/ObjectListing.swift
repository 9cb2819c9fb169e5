/// Reads the weights of a Keras 3 file (`.weights.h5`): a group per object, with the object's variables as datasets `0`, `1`, ... of its
/// group `vars`. How groups are ordered in the file means nothing.
enum ObjectListing {
    static let variables = "vars"

    /// A group for every object that has a `vars`, in the order of their paths, where numbers count as such.
    static func groups(in file: HDF5File) throws(KerasFileError) -> [WeightGroup] {
        var groups: [WeightGroup] = []
        try collect(file.root, path: "", &groups)
        return groups
    }

    /// A model whose weights were stored alone.
    static func model(
        _ groups: [WeightGroup], of architecture: Architecture, options: ReadingOptions
    ) throws(KerasFileError) -> KerasModel {
        let parts = ObjectWeights(groups)
        return try KerasModel(
            format: .weights, version: architecture.version ?? .unnamed, backend: options.backend,
            configuration: architecture.configuration, trainingConfiguration: nil, weightGroups: parts.layers,
            topLevelWeights: parts.model, optimizerWeights: parts.optimizer, otherWeights: parts.others, options: options)
    }

    /// The reader has bounded the depth of groups.
    private static func collect(_ object: HDF5Group, path: String, _ groups: inout [WeightGroup]) throws(KerasFileError) {
        for child in object.children.sorted(by: { precedes($0.name, $1.name) }) {
            switch child {
            case .dataset(let dataset): throw KerasFileError(.weightsWithoutLayer, path: dataset.path)
            case .group(let group) where group.name == variables: groups.append(try weights(group, path: path))
            case .group: break
            }
        }
        for group in object.groups.sorted(by: { precedes($0.name, $1.name) }) where group.name != variables {
            try collect(group, path: path.isEmpty ? group.name : path + "/" + group.name, &groups)
        }
    }

    private static func weights(_ group: HDF5Group, path: String) throws(KerasFileError) -> WeightGroup {
        var weights: [StoredWeight] = []
        for child in group.children.sorted(by: { precedes($0.name, $1.name) }) {
            guard case .dataset(let dataset) = child else {
                throw KerasFileError(.wrongType(expected: .dataset, found: .group), path: child.path)
            }
            try checkType(dataset)
            weights.append(StoredWeight(name: dataset.name, tensor: dataset.tensor))
        }
        return WeightGroup(name: path, label: try group.attributes.optionalString("name"), weights: weights)
    }

    /// HDF5 has no name for bfloat16; an attribute says that two bytes are one.
    private static func checkType(_ dataset: HDF5Dataset) throws(KerasFileError) {
        guard let type = try dataset.attributes.optionalString("dtype"), type != dataset.elementType.rawValue else { return }
        throw KerasFileError(.malformed(.attribute, .value), path: dataset.path, key: "dtype")
    }

    /// Names in the order in which they were given: `2` before `10`, `dense_2` before `dense_10`, `dense` before `dense_1`.
    static func precedes(_ a: String, _ b: String) -> Bool {
        let (a, b) = (numbered(a), numbered(b))
        return a.base.utf8.elementsEqual(b.base.utf8) ? a.number < b.number : a.base.utf8.lexicographicallyPrecedes(b.base.utf8)
    }

    /// Paths in the order of the objects that they lead to: an object before what is in it.
    static func comesBefore(_ a: String, _ b: String) -> Bool {
        let (a, b) = (a.utf8.split(separator: UInt8(ascii: "/")), b.utf8.split(separator: UInt8(ascii: "/")))
        for (a, b) in zip(a, b) where !a.elementsEqual(b) { return precedes(String(Substring(a)), String(Substring(b))) }
        return a.count < b.count
    }

    private static func numbered(_ name: String) -> (base: Substring, number: Int) {
        let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
        let base = name.dropLast(digits)
        guard digits > 0, let number = Int(name.suffix(digits)) else { return (name[...], -1) }
        if base.isEmpty { return (base, number) }
        guard base.last == "_" else { return (name[...], -1) }
        return (base.dropLast(), number)
    }
}

extension WeightGroup {
    /// Checks that the weights whose names are numbers are `0`, `1`, ... without a gap.
    func checkNumbers() throws(KerasFileError) {
        for (number, weight) in weights.lazy.filter({ Self.isNumber($0.name) }).enumerated() where weight.name != String(number) {
            throw KerasFileError(.missingObject, path: "\(variablesPath)/\(number)")
        }
    }

    /// Where the weights of an object are in a Keras 3 file.
    var variablesPath: String { "/" + (name.isEmpty ? "" : name + "/") + ObjectListing.variables }

    private static func isNumber(_ name: String) -> Bool { name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
}
