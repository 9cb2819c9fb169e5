import KerasFiles
import KerasWriter

/// What is different about two models, whatever formats and releases of Keras their files are from.
///
/// Both are compared in Keras 3 form (``KerasModel/root``), where a change of dialect or of container makes no difference. Weights are
/// compared bit for bit unless a tolerance is given.
public struct ModelComparison: Sendable {
    /// In the order of the first model; what only the second has comes where it stands there.
    public let layers: [LayerDifference]
    /// What the models were compiled with, in the words of Keras 3 as far as it has them.
    public let training: [ValueDifference]
    /// Which of the models were compiled.
    public let compiled: Presence?
    public let optimizer: [StateDifference]
    /// Weights of the model itself, of metrics, and others that are no layer's.
    public let otherState: [StateDifference]
    public let assets: [AssetDifference]

    /// Layers that both models have, the models themselves and layers inside others among them.
    public let layerCount: Int
    /// Weights of layers that both models have, and their elements.
    public let weightCount: Int
    public let elementCount: Int

    /// - Complexity: reads both models once; memory for a piece of a tensor, however large they are.
    public init(_ first: KerasModel, _ second: KerasModel, tolerance: Agreement.Tolerance? = nil) throws(KerasFileError) {
        let comparison = try LayerComparison(first.root, second.root, tolerance)
        layers = comparison.differences
        layerCount = comparison.layerCount
        weightCount = comparison.weightCount
        elementCount = comparison.elementCount
        training = Self.training(first, second)
        compiled = Presence(first: first.trainingConfiguration != nil, second: second.trainingConfiguration != nil)
        optimizer = try StateComparison.optimizers(first, second, tolerance)
        func others(_ model: KerasModel) -> [WeightGroup] { [model.topLevelWeights].compactMap { $0 } + model.otherWeights }
        otherState = try StateComparison.groups(others(first), others(second), tolerance)
        assets = try AssetDifference.all(first.assets, second.assets)
    }

    public var isSame: Bool { layers.isEmpty && training.isEmpty && optimizer.isEmpty && otherState.isEmpty && assets.isEmpty }

    private static func training(_ first: KerasModel, _ second: KerasModel) -> [ValueDifference] {
        guard first.trainingConfiguration != second.trainingConfiguration else { return [] }
        let written = [first, second].map { $0.trainingConfiguration?.objectValue ?? [:] }
        let translated = [first, second].map { model in
            model.trainingConfiguration.map { TargetTraining($0, of: model, for: .keras3) }
        }
        // What Keras 3 has no words for can only be compared as it stands.
        let isUntold = translated.contains { $0.map { !$0.dropped.isEmpty } ?? false }
        let compared = isUntold ? written : translated.map { $0?.configuration ?? [:] }
        return ValueDifference.all(compared[0], compared[1])
    }
}
