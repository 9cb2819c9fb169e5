import KerasFiles

/// Which weights make the argument of an activation: scaling them scales the argument.
package struct ActivationArgument: Sendable {
    /// The last axis of the weights in equal parts, and which of them the activation is applied to.
    package let parts: [Bool]
    package let roles: [String]

    /// Nil where the argument is no linear function of weights: the output of LSTM is an activation of its state.
    package static func of(_ key: String, in className: String) -> ActivationArgument? {
        rows.first { $0.key == key && $0.classes.contains(className) }?.argument
    }

    private typealias Row = (key: String, classes: Set<String>, argument: ActivationArgument)

    private static let recurrentRoles = ["kernel", "recurrent_kernel", "bias"]

    private static let rows: [Row] = [
        ("activation",
         [
            "Dense", "EinsumDense", "Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose",
            "DepthwiseConv1D", "DepthwiseConv2D", "LocallyConnected1D", "LocallyConnected2D",
         ],
         ActivationArgument(parts: [true], roles: ["kernel", "bias"])),
        ("activation", ["SeparableConv1D", "SeparableConv2D"], ActivationArgument(parts: [true], roles: ["pointwise_kernel", "bias"])),
        ("activation", ["SimpleRNN", "SimpleRNNCell"], ActivationArgument(parts: [true], roles: recurrentRoles)),
        // Gates i, f, candidate, o.
        ("recurrent_activation", ["LSTM", "LSTMCell", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"],
         ActivationArgument(parts: [true, true, false, true], roles: recurrentRoles)),
        // Gates z, r, candidate.
        ("recurrent_activation", ["GRU", "GRUCell"], ActivationArgument(parts: [true, true, false], roles: recurrentRoles)),
        ("activation", ["GRU", "GRUCell"], ActivationArgument(parts: [false, false, true], roles: recurrentRoles)),
    ]
}
