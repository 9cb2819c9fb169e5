import KerasFiles
import NNInference

/// A value on its way through the model, with the mask that Keras would keep beside it.
struct MaskedValue {
    var value: ValueID
    var mask: Mask?

    init(_ value: ValueID, mask: Mask? = nil) {
        self.value = value
        self.mask = mask
    }

    enum Mask {
        /// One truth value per step, `[batch, steps]`; for nested sequences per element of all leading axes.
        case value(ValueID)
        /// Inside TimeDistributed: one truth value per sample. Keras hands it on, but no layer can use it.
        case perSample
    }
}

/// One use of a layer: what it is given.
struct LayerCall {
    let layer: KerasLayer
    var inputs: [MaskedValue]

    /// The input of a layer that takes one.
    var input: MaskedValue {
        get throws(Refusal) {
            guard inputs.count == 1 else { throw refusal(.severalOutputs(inputs.count)) }
            return inputs[0]
        }
    }

    /// The value of a key of the layer's configuration.
    subscript<Value>(key: ConfigKey<Value>) -> Value {
        get throws(Refusal) { try layer[key] }
    }

    func refusal(_ reason: Refusal.Reason, key: String? = nil) -> Refusal { Refusal(layer, key: key, reason) }
}
