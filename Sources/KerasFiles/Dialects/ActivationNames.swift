/// Activation functions that are named otherwise in Keras 3, or whose name means something else there.
package enum ActivationNames {
    /// clip(0.2 x + 0.5, 0, 1): what every Keras before Keras 3 calls `hard_sigmoid`. Keras 3 means clip(x / 6 + 0.5, 0, 1) by it
    /// and has no name for the old one.
    package static let hardSigmoidOfKeras2 = "keras2>hard_sigmoid"

    /// The keys that hold an activation, in any class of Keras's own.
    package static let keys: Set = ["activation", "recurrent_activation"]

    /// The functions of Keras 3.15.1, and the one that it has no more.
    package static let builtIn: Set = [
        "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_swish", "hard_tanh", "leaky_relu", "linear",
        "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign",
        "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh", "tanh_shrink", "threshold", hardSigmoidOfKeras2,
    ]

    /// Other names for the same function; Keras 3 writes the second.
    static let renamed: [String: String] = ["swish": "silu", "hard_swish": "hard_silu"]

    /// Names that changed their meaning with Keras 3.
    static let redefined: [String: String] = ["hard_sigmoid": hardSigmoidOfKeras2]
}
