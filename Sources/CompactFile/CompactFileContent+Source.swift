import KerasFiles

extension CompactFileContent {
    /// Adds what it takes to give the Keras file back: the source view, and the tensors that the program does not use.
    ///
    /// - Parameters:
    ///   - model: what the file is made from.
    ///   - places: for each tensor that is there already which weight of the model it is; nil for one that is none.
    ///   - withOptimizer: whether the state of training goes with it: the optimizer's, metrics.
    public mutating func addSource(_ model: KerasModel, places: [WeightPlace?], withOptimizer: Bool = true) throws(CompactFileError) {
        var known: [WeightPlace: Int] = [:]
        for (index, place) in places.enumerated() where index < tensors.count {
            if let place, known[place] == nil { known[place] = index }
        }
        var references: [Int] = []
        for (group, weights) in model.weightGroups.enumerated() {
            for (index, weight) in weights.weights.enumerated() {
                references.append(known[WeightPlace(group: group, index: index)] ?? append(weight.tensor))
            }
        }
        for weight in model.topLevelWeights?.weights ?? [] { references.append(append(weight.tensor)) }
        if withOptimizer {
            for weight in model.optimizerWeights?.weights ?? [] { references.append(append(weight.tensor)) }
            for weight in model.otherWeights.flatMap(\.weights) { references.append(append(weight.tensor)) }
        }
        for asset in model.assets { references.append(append(try Self.tensor(asset))) }
        source = try SourceView(model, tensors: references, withOptimizer: withOptimizer).bytes()
    }

    private static func tensor(_ asset: Asset) throws(CompactFileError) -> Tensor {
        guard let count = Int(exactly: asset.content.size) else { throw .limit(.source, found: .max) }
        do throws(KerasFileError) {
            return try Tensor(elementType: .uint8, shape: [count], source: asset.content, offset: 0, byteCount: count)
        } catch {
            throw .reading(error)
        }
    }

    private mutating func append(_ tensor: Tensor) -> Int {
        tensors.append(Entry(tensor))
        return tensors.count - 1
    }
}
