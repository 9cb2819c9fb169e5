import KerasFiles
import NNInference

/// The activation functions of Keras by their Keras 3 names. Where a name of Keras 1 or 2 meant another function, that one is called
/// `keras2>` and the name.
enum ActivationNames {
    static let table: [String: LayerActivation] = elementwise.mapValues { .elementwise($0) }.merging([
        "softmax": .softmax(axes: [-1], logarithm: false),
        "log_softmax": .softmax(axes: [-1], logarithm: true),
        "glu": .gatedLinear,
    ]) { $1 }

    private static let elementwise: [String: Activation] = [
        "linear": .linear,
        "relu": .relu,
        "relu6": .relu6,
        "leaky_relu": .leakyRelu(0.2),
        "elu": .elu(),
        "selu": .selu,
        "celu": .celu(),
        "sigmoid": .sigmoid,
        "tanh": .tanh,
        "exponential": .exponential,
        "softplus": .softplus,
        "softsign": .softsign,
        "silu": .silu,
        "swish": .silu,
        "gelu": .geluExact,
        "mish": .mish,
        "hard_sigmoid": .hardSigmoid,
        "keras2>hard_sigmoid": .hardSigmoidKeras2,
        "hard_silu": .hardSilu,
        "hard_swish": .hardSilu,
        "hard_tanh": .hardTanh,
        "hard_shrink": .hardShrink(),
        "soft_shrink": .softShrink(),
        "tanh_shrink": .tanhShrink,
        "log_sigmoid": .logSigmoid,
        "sparse_plus": .sparsePlus,
        "sparse_sigmoid": .sparseSigmoid,
        "squareplus": .squareplus(),
    ]

    /// Keras 3.15 subtracts the sum of all cumulative sums within the support, so that rows do not sum to 1.
    static let defective: Set<String> = ["sparsemax"]

    static let sorted: [JSON] = table.keys.sorted().map { .string($0) }
    static let sortedElementwise: [JSON] = elementwise.keys.sorted().map { .string($0) }
}
