/// One variable of a layer.
public struct LayerWeight: Sendable {
    /// What it is to the layer, by the name of the variable in Keras 3: `kernel`, `bias`, `moving_mean`, `recurrent_kernel`. A class that
    /// ``LayerVariables`` does not list has `0`, `1`, ... in the order of the file.
    public var role: String
    public var tensor: Tensor
    /// Whether training would change it: it is of a trainable kind, and neither its layer nor one around it is frozen.
    public var isTrainable: Bool
    /// Where it stands in ``KerasModel/weightGroups``; nil when the file has it in another form: its elements in other places, or in several
    /// weights (Keras 1, Theano).
    public var place: WeightPlace?

    public init(role: String, tensor: Tensor, isTrainable: Bool, place: WeightPlace?) {
        self.role = role
        self.tensor = tensor
        self.isTrainable = isTrainable
        self.place = place
    }
}

/// The position of a weight in ``KerasModel/weightGroups``.
public struct WeightPlace: Sendable, Hashable {
    public var group: Int
    public var index: Int

    public init(group: Int, index: Int) {
        self.group = group
        self.index = index
    }
}
