/// Weights that a file stores together, in the file's order.
public struct WeightGroup: Sendable {
    /// In legacy HDF5 the name of the layer; in Keras 3 files the path of the object (`layers/dense`; empty for the model itself).
    public var name: String
    /// What the object is called by the author or by Keras, where the file says it beside the path: Keras 3.6 onwards.
    public var label: String?
    public var weights: [StoredWeight]

    public init(name: String, label: String? = nil, weights: [StoredWeight]) {
        self.name = name
        self.label = label
        self.weights = weights
    }
}

/// A weight as a file stores it.
public struct StoredWeight: Sendable {
    /// Its path within the group: `dense/kernel:0`, or `0` in Keras 3 files.
    public var name: String
    public var tensor: Tensor

    public init(name: String, tensor: Tensor) {
        self.name = name
        self.tensor = tensor
    }
}
