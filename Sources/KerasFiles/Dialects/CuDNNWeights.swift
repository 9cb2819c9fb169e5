/// The weights of CuDNNLSTM and CuDNNGRU of Keras 2 are those of LSTM and GRU in the order of NVIDIA's library: the matrices of each
/// gate transposed, and two biases, which an LSTM adds.
///
/// Facts: `_convert_rnn_weights` of Keras 2.2.4.
package struct CuDNNWeights: Sendable {
    /// The layer that computes the same.
    package let className: String
    package let gates: Int
    /// What its configuration says where the one of the hardware layer has no words.
    package let settings: JSONObject

    package static let classes = [
        "CuDNNLSTM": CuDNNWeights(
            className: "LSTM", gates: 4, settings: ["activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": true]),
        "CuDNNGRU": CuDNNWeights(
            className: "GRU", gates: 3,
            settings: ["activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": true, "reset_after": true]),
    ]

    /// The layer's weights in the order of Keras; nil when they are not of the shapes that the layer has.
    package func weights(of layer: KerasLayer) -> [LayerWeight]? {
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
    private func gate(
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
