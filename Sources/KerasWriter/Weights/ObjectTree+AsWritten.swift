import KerasFiles

extension ObjectTree {
    /// The weights of the Keras 3 file that the model was read from.
    init(asWritten model: KerasModel) throws(KerasWriterError) {
        dialect = .asWritten
        let groups = [model.topLevelWeights].compactMap { $0 } + model.weightGroups
            + [model.optimizerWeights].compactMap { $0 } + model.otherWeights
        for group in groups {
            let path = group.name + "/vars"
            let isFree = root.change(at: path) { vars in
                if let label = group.label { vars.set("name", .text(label, .utf8)) }
            }
            guard isFree else { throw .nameTaken(path: path) }
            for weight in group.weights {
                guard root.insert(Self.dataset(weight.tensor), at: path + "/" + weight.name) else {
                    throw .nameTaken(path: path + "/" + weight.name)
                }
            }
        }
    }
}
