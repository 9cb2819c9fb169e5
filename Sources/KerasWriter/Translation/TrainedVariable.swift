import KerasFiles

/// A weight that training changes.
struct TrainedVariable {
    let place: WeightPlace
    let layerPath: String
    let role: String
    /// What the file that was read calls it.
    let name: String
    let shape: [Int]
}

extension TrainedVariable {
    /// Where it is in the model: `model/dense/kernel`.
    var path: String { layerPath + "/" + role }

    /// The shape of what an optimizer keeps for the variable.
    func shape(of slot: OptimizerLayout.Slot) -> [Int] {
        switch slot {
        case .rows: shape.dropLast()
        case .columns: shape.dropLast(2) + shape.suffix(1)
        default: shape
        }
    }

    /// The variables that training changes, in the order in which a model hands them to its optimizer: that of its layers, each with its
    /// own first. What is used in several places counts once.
    ///
    /// - Throws: `.weightsScaled` when the file has weights in another form; `.unknownLayer` when a layer is the author's own and keeps variables in several objects: whether the file has them in that
    ///   order is anyone's guess.
    static func all(of root: KerasLayer, in model: KerasModel) throws(WriteReport.Reason) -> [TrainedVariable] {
        var found: [TrainedVariable] = []
        var taken: Set<WeightPlace> = []
        try root.forEach { (layer) throws(WriteReport.Reason) in
            let groups = Set(layer.weights.lazy.map(\.place?.group))
            guard layer.isOwnClass || layer.weights.count < 2 || (model.format.isLegacy && groups.count == 1) else {
                throw .unknownLayer(layer.className)
            }
            for weight in layer.weights where weight.isTrainable {
                // What the optimizer keeps is in the form of the file.
                guard let place = weight.place else { throw .weightsScaled }
                guard taken.insert(place).inserted else { continue }
                found.append(
                    TrainedVariable(
                        place: place, layerPath: layer.path, role: weight.role, name: model[place].name, shape: weight.tensor.shape))
            }
        }
        return found
    }
}
