/// Reads the weights that a legacy HDF5 file lists: a group per layer, named by the attribute `layer_names`, with datasets named by
/// its attribute `weight_names`. The order of the attributes is the order of the layers and of their weights; how groups and
/// datasets are stored means nothing.
enum WeightListing {
    /// The listed groups of `parent`: `/model_weights`, or the root of a file with weights only.
    static func groups(in parent: HDF5Group) throws(KerasFileError) -> [WeightGroup] {
        var groups: [WeightGroup] = []
        var taken: Set<String> = []
        for name in try parent.stringList("layer_names") {
            guard taken.insert(name).inserted else {
                throw KerasFileError(.duplicateName(name), path: parent.path, key: "layer_names")
            }
            try require(name, in: parent, ofLayer: name)
            groups.append(try group(try parent.group(name), name: name))
        }
        return groups
    }

    /// What is listed must be there.
    private static func require(_ name: String, in group: HDF5Group, ofLayer layer: String) throws(KerasFileError) {
        guard group.object(name) == nil else { return }
        let place = (group.path == "/" ? "" : group.path) + "/" + name
        throw KerasFileError(.weightsMissing(object: place, found: group.namesBeside(name)), path: layer)
    }

    /// How the lists of names are stored. Lists in parts are of fixed length whatever the others are, so they do not count.
    static func nameStorage(in parent: HDF5Group) -> NameStorage? {
        var lists = [parent.attributes["layer_names"]]
        lists += parent.groups.lazy.map { $0.attributes["weight_names"] }
        for case let list? in lists {
            switch list.value {
            case .strings(_, .variable): return .variableLength
            case .strings(_, .fixed): return .fixedLength
            case .numbers: continue
            }
        }
        return nil
    }

    /// The listed weights of one group.
    static func group(_ group: HDF5Group, name: String) throws(KerasFileError) -> WeightGroup {
        var weights: [StoredWeight] = []
        var taken: Set<String> = []
        for weightName in try group.stringList("weight_names") {
            guard taken.insert(weightName).inserted else {
                throw KerasFileError(.duplicateName(weightName), path: group.path, key: "weight_names")
            }
            try require(weightName, in: group, ofLayer: name)
            weights.append(StoredWeight(name: weightName, tensor: try group.dataset(weightName).tensor))
        }
        return WeightGroup(name: name, weights: weights)
    }
}
