import KerasFiles

/// CuDNNLSTM and CuDNNGRU of Keras 2 become LSTM and GRU; see ``CuDNNWeights``.
extension TargetLayers {
    mutating func settleCuDNN(_ layer: inout KerasLayer) {
        guard let kind = CuDNNWeights.classes[layer.className] else { return }
        guard let weights = kind.weights(of: layer) else { return refuse(layer, nil, .unknownVariables) }
        report(Repair(.classRenamed, layerPath: layer.path, old: .string(layer.className), new: .string(kind.className)))
        layer.className = kind.className
        layer.weights = weights
        for (key, value) in kind.settings { layer.config[key] = value }
        for weight in weights { report(Repair(.weightsReordered, layerPath: layer.path, key: weight.role)) }
        markRescaled(layer)
    }
}
