/// One difference between the configuration in the file and the same layer in Keras 3 form.
public struct Repair: Sendable, Equatable {
    public var kind: Kind
    /// ``KerasLayer/path`` of the layer.
    public var layerPath: String
    /// The key as the file has it; nil when the repair is about the layer as a whole.
    public var key: String?
    /// What the file says; nil when it says nothing.
    public var old: JSON?
    /// What the Keras 3 form says; nil when it says nothing.
    public var new: JSON?

    public init(_ kind: Kind, layerPath: String, key: String? = nil, old: JSON? = nil, new: JSON? = nil) {
        self.kind = kind
        self.layerPath = layerPath
        self.key = key
        self.old = old
        self.new = new
    }

    public enum Kind: String, Sendable, Equatable, CaseIterable {
        /// `old` and `new` are the names of the class.
        case classRenamed
        /// `new` is the new name of the key; its value stays.
        case keyRenamed
        /// The key means nothing in Keras 3.
        case keyRemoved
        /// The key is missing, and what the writer meant by that is not what Keras 3 would take it for.
        case defaultFilled
        /// The same thing, said the Keras 3 way.
        case valueTranslated
        /// A name that stands for another function in Keras 3 than it did for the writer.
        case meaningKept
        /// The shape of the input stood on the first layer, or nowhere but in `build_input_shape`; now an InputLayer has it.
        case inputLayerAdded
        /// The layers of a Sequential stood in a bare list.
        case layerListWrapped
        /// Bidirectional: the backward layer was left to be made from the forward layer.
        case backwardLayerAdded
        /// Something that the file cannot carry, by the built-in that the user gave for it.
        case replaced

        // On the way into a file:
        /// The weight in the role `key` was multiplied by `new`, in part or as a whole.
        case weightsScaled
        /// The weight in the role `key` has the same elements in other places, or sums of them.
        case weightsReordered
        /// The layer's adapter (LoRA) was added to the weight in the role `key`, as Keras itself does when it saves by object.
        case adapterMerged
        /// A layer of the class `new`, which does what the layer after it could not be made to do.
        case layerAdded
        /// `old` and `new` are the names of the layer.
        case layerRenamed
        /// The nearest that can be said where the same cannot: how an optimizer keeps from dividing by zero.
        case approximated
    }
}
