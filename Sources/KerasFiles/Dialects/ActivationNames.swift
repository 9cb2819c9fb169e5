/// Activation functions that are named otherwise in Keras 3, or whose name means something else there.
package enum ActivationNames {
    /// clip(0.2 x + 0.5, 0, 1): what every Keras before Keras 3 calls `hard_sigmoid`. Keras 3 means clip(x / 6 + 0.5, 0, 1) by it
    /// and has no name for the old one.
    package static let hardSigmoidOfKeras2 = "keras2>hard_sigmoid"

    /// The keys that hold an activation, in any class of Keras's own.
    package static let keys: Set = ["activation", "recurrent_activation"]

    /// Other names for the same function; Keras 3 writes the second.
    static let renamed: [String: String] = ["swish": "silu", "hard_swish": "hard_silu"]

    /// Names that changed their meaning with Keras 3.
    static let redefined: [String: String] = ["hard_sigmoid": hardSigmoidOfKeras2]
}
