import KerasFiles

/// What is different about a layer, or that only one of the models has it.
public struct LayerDifference: Sendable {
    public var presence: Presence
    /// ``KerasLayer/path`` in the first model, or in the second when only that has the layer.
    public var path: String
    public var className: String
    /// Keys of the configuration in Keras 3 form. `class_name`, `inbound_nodes` (who calls the layer with what) and `layers` (the order
    /// of a Sequential) stand among them.
    public var values: [ValueDifference] = []
    public var weights: [WeightDifference] = []

    public var isEmpty: Bool { presence == .both && values.isEmpty && weights.isEmpty }
}

/// In what a weight is different.
public struct WeightDifference: Sendable {
    /// By the name of the variable in Keras 3: `kernel`.
    public var role: String
    public var kind: Kind

    public enum Kind: Sendable {
        /// Only one of the layers has it.
        case onlyFirst(TensorDifference.Form)
        case onlySecond(TensorDifference.Form)
        /// The second is the first times `factor`, in the columns that feed an activation, to the last bit: Keras 3 has no `hard_sigmoid`
        /// of Keras 1 and 2 and computes the same with its own of an argument that is so much larger.
        case scaled(TensorDifference, factor: Double)
        case elements(TensorDifference)
    }
}
