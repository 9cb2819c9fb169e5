/// The weights of layers as Keras 1 stores them, in its order. Their names are ends of the stored ones: `lstm_1_W_i`.
///
/// Facts: Keras 1.0.8, 1.1.2 and 1.2.2.
enum Keras1Variables {
    /// Nil for classes that are outside the table. `version` is that of the weights; `gatesAreJoined`: see ``KerasLayer/gatesAreJoined``.
    static func of(_ className: String, config: JSONObject, version: KerasVersion, gatesAreJoined: Bool) -> [LayerVariable]? {
        let hasBias = config["use_bias"]?.boolValue ?? true
        switch className {
        case "Dense", "MaxoutDense", "Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "LocallyConnected1D", "LocallyConnected2D":
            return hasBias ? [kernel, bias] : [kernel]
        case "SeparableConv2D":
            return [variable("depthwise_kernel", "_depthwise_kernel"), variable("pointwise_kernel", "_pointwise_kernel")] + (hasBias ? [bias] : [])
        case "Highway":
            guard hasBias else { return [kernel, carryKernel] }
            return version >= (1, 2, 0) ? [kernel, carryKernel, bias, carryBias] : [kernel, bias, carryKernel, carryBias]
        case "Embedding": return [variable("embeddings", "_W")]
        case "PReLU": return [variable("alpha", "_alphas")]
        case "BatchNormalization":
            // What is called a standard deviation there is the variance.
            return [
                variable("gamma", "_gamma"), variable("beta", "_beta"), variable("moving_mean", "_running_mean", isTrainable: false),
                variable("moving_variance", "_running_std", isTrainable: false),
            ]
        case "SimpleRNN": return joined
        case "LSTM", "GRU", "ConvLSTM2D":
            guard !gatesAreJoined, let gates = storedGates[className] else { return joined }
            return gates.flatMap { gate in
                zip(joined, ["_W_", "_U_", "_b_"]).map { variable($0.role + "/" + gate, $1 + gate) }
            }
        default:
            return LayerVariables.of(className, config: config).flatMap { $0.isEmpty ? [] : nil }
        }
    }

    /// The gates of a recurrent layer in the order of their weights, and in that of Keras 3 within a matrix of all.
    static let storedGates = ["LSTM": ["i", "c", "f", "o"], "GRU": ["z", "r", "h"], "ConvLSTM2D": ["i", "c", "f", "o"]]
    static let gates = ["LSTM": ["i", "f", "c", "o"], "GRU": ["z", "r", "h"], "ConvLSTM2D": ["i", "f", "c", "o"]]

    private static func variable(_ role: String, _ end: String, isTrainable: Bool = true) -> LayerVariable {
        LayerVariable(role, trainable: isTrainable, stored: [end])
    }

    private static let kernel = variable("kernel", "_W")
    private static let bias = variable("bias", "_b")
    private static let carryKernel = variable("carry_kernel", "_W_carry")
    private static let carryBias = variable("carry_bias", "_b_carry")
    private static let joined = [kernel, variable("recurrent_kernel", "_U"), bias]
}

extension KerasLayer {
    /// The layer's variables as a legacy file by this release lists them; nil when no table tells. Nil for the version: as Keras 2 and 3 do.
    func variables(storedBy version: KerasVersion?) -> [LayerVariable]? {
        guard let version, version.major < 2 else { return LayerVariables.of(className, config: config) }
        return Keras1Variables.of(className, config: config, version: version, gatesAreJoined: gatesAreJoined)
    }
}
