/// What a layer's options say of the shapes of its weights; what they leave open, its input decides.
enum WeightExtents {
    /// Throws `.weightShape` for the first weight of the layer, or of one in it, that its options rule out.
    static func check(_ layer: KerasLayer) throws(KerasFileError) {
        for (role, extents) in expected(layer) {
            guard let found = layer.weight(role)?.shape else { continue }
            let isOther = extents.count != found.count || zip(extents, found).contains { expected, found in expected.map { $0 != found } ?? false }
            guard isOther else { continue }
            // Where anything would do, what was found does.
            let shape = extents.enumerated().map { axis, extent in extent ?? (axis < found.count ? found[axis] : 0) }
            throw KerasFileError(.weightShape(expected: shape, found: found), path: layer.path, key: role)
        }
        for child in layer.children { try check(child) }
    }

    private static let gates = ["SimpleRNN": 1, "GRU": 3, "LSTM": 4]

    private static func expected(_ layer: KerasLayer) -> [(role: String, extents: [Int?])] {
        func number(_ key: String) -> Int? { layer.config[key]?.intValue }
        // Of Keras 1 and of quantized layers, weights are stored in other forms.
        guard layer.weights.allSatisfy({ $0.tensor.elementType.isFloat && !$0.role.contains("/") }), !layer.gatesAreJoined else { return [] }
        switch layer.className {
        case "Dense": return [("kernel", [nil, number("units")]), ("bias", [number("units")])]
        case "Embedding": return [("embeddings", [number("input_dim"), number("output_dim")])]
        case "Conv1D", "Conv2D", "Conv3D":
            let window = layer.config["kernel_size"]?.arrayValue?.map(\.intValue) ?? []
            let isStoredAlike = layer.weight("kernel").map { $0.shape.count == window.count + 2 } ?? false
            return isStoredAlike ? [("kernel", window + [nil, number("filters")]), ("bias", [number("filters")])] : []
        case let name where gates[name] != nil:
            guard let units = number("units"), let gates = gates[name], units <= Int.max / gates else { return [] }
            return [("kernel", [nil, gates * units]), ("recurrent_kernel", [units, gates * units])]
        default: return []
        }
    }
}
