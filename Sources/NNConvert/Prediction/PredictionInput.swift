import TensorFiles

/// A tensor for a model.
public struct PredictionInput: Sendable {
    /// The model's input that it is for; nil when its place tells.
    public var name: String?
    public var value: TensorValue
    /// The tensor comes from a table of numbers, whose rows can only be samples, laid flat if they have more than one dimension.
    public var isTable: Bool

    public init(_ value: TensorValue, name: String? = nil, isTable: Bool = false) {
        self.name = name
        self.value = value
        self.isTable = isTable
    }
}
