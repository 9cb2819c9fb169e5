import KerasFiles

/// CuDNNLSTM and CuDNNGRU of Keras 2 are LSTM and GRU with the weights in the order of NVIDIA's library: the matrices of each gate
/// transposed, and two biases, which an LSTM adds.
///
/// Facts: `_convert_rnn_weights` of Keras 2.2.4.
extension TargetLayers {
    private struct Kind {
        let className: String
        let gates: Int
        let settings: JSONObject
    }

    private static let kinds = [
        "CuDNNLSTM": Kind(
            className: "LSTM", gates: 4, settings: ["activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": true]),
        "CuDNNGRU": Kind(
            className: "GRU", gates: 3,
            settings: ["activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": true, "reset_after": true]),
    ]

    mutating func settleCuDNN(_ layer: inout KerasLayer) {
        guard let kind = Self.kinds[layer.className] else { return }
        guard let weights = Self.weights(of: layer, gates: kind.gates) else { return refuse(layer, nil, .unknownVariables) }
        report(Repair(.classRenamed, layerPath: layer.path, old: .string(layer.className), new: .string(kind.className)))
        layer.className = kind.className
        layer.weights = weights
        for (key, value) in kind.settings { layer.config[key] = value }
        for weight in weights { report(Repair(.weightsReordered, layerPath: layer.path, key: weight.role)) }
        markRescaled(layer)
    }

    private static func weights(of layer: KerasLayer, gates: Int) -> [LayerWeight]? {
        var weights = layer.weights
        guard weights.map(\.role) == ["kernel", "recurrent_kernel", "bias"], let units = weights[1].tensor.shape.first, units > 0,
            let inputs = weights[0].tensor.shape.first, weights[0].tensor.shape == [inputs, gates * units],
            weights[1].tensor.shape == [units, gates * units], weights[2].tensor.shape == [2 * gates * units]
        else { return nil }
        do {
            // A gate's matrix [inputs, units] is stored as [units, inputs], transposed back in the order of Fortran.
            weights[0].tensor = try gate(of: weights[0].tensor, units) { row, column in row + column * inputs }
            weights[1].tensor = try gate(of: weights[1].tensor, units) { row, column in row + column * units }
            weights[2].tensor = try gates == 4 ? weights[2].tensor.halvesAdded() : weights[2].tensor.reshaped([2, gates * units])
            return weights
        } catch {
            return nil
        }
    }

    /// `place` gives for a row and a column of a gate's matrix where the element is, counted row by row.
    private static func gate(
        of tensor: Tensor, _ units: Int, _ place: @escaping @Sendable (Int, Int) -> Int
    ) throws(KerasFileError) -> Tensor {
        let columns = tensor.shape[1]
        return try tensor.gathered { element in
            let (row, column) = element.quotientAndRemainder(dividingBy: columns)
            let source = place(row, column % units)
            return source / units * columns + column / units * units + source % units
        }
    }
}
