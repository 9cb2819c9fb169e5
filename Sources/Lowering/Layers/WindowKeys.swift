import KerasFiles
import NNInference

/// The keys that convolution and pooling layers share.
struct WindowKeys: Sendable {
    let strides: ConfigKey<[Int]>
    let dilation: ConfigKey<[Int]>
    let padding: ConfigKey<WindowPadding>

    /// - Parameter axes: spatial axes; one axis may be padded causally.
    init(axes: Int) {
        strides = ConfigKey("strides", .tuple(axes), default: 1)
        dilation = ConfigKey("dilation_rate", .tuple(axes), default: 1)
        padding = ConfigKey(
            "padding",
            axes == 1 ? .oneOf(["valid": .valid, "same": .same, "causal": .causal]) : .oneOf(["valid": .valid, "same": .same]),
            default: "valid")
    }

    /// Keras refuses steps between windows together with gaps within them.
    var rule: LayerRule { .notBothAboveOne(strides, dilation) }
}
