import KerasFiles

/// Adapters (LoRA): a product of two narrow matrices beside a kernel. Legacy HDF5 has all three; elsewhere Keras stores their sum as the kernel,
/// and takes the matrices for zeros.
enum Adapters {
    /// The sums that a file by object has where the model has the parts.
    static func repairs(of root: KerasLayer) -> [Repair] {
        var repairs: [Repair] = []
        root.forEach { layer in
            if let weights = merged(layer), weights.count < layer.weights.count {
                repairs.append(Repair(.adapterMerged, layerPath: layer.path, key: role(of: layer)))
            }
        }
        return repairs
    }

    /// The weight that the adapter belongs to.
    private static func role(of layer: KerasLayer) -> String { layer.weight("kernel") == nil ? "embeddings" : "kernel" }

    /// The weights of a layer as a file by object has them; nil where that would be a quantized sum.
    static func merged(_ layer: KerasLayer) -> [LayerWeight]? {
        guard let apart = LayerVariables.of(layer.className, config: layer.config)?.filter(\.isOnlyInLegacy), apart.count == 2,
            let first = layer.weight(apart[0].role), let second = layer.weight(apart[1].role)
        else { return layer.weights }
        let kernel = role(of: layer)
        guard let index = layer.weights.firstIndex(where: { $0.role == kernel }), let rank = layer.config["lora_rank"]?.doubleValue, rank > 0,
            let sum = try? layer.weights[index].tensor.adding(
                (layer.config["lora_alpha"]?.doubleValue ?? rank) / rank, times: first, second)
        else { return nil }
        var weights = layer.weights.filter { weight in !apart.contains { $0.role == weight.role } }
        for index in weights.indices where weights[index].role == kernel { weights[index].tensor = sum }
        return weights
    }

    /// The weights of a layer as legacy HDF5 has them, in the order of `variables`; nil where the matrices' shapes are not known.
    static func apart(_ layer: KerasLayer, _ variables: [LayerVariable]) -> [LayerWeight]? {
        guard variables.contains(where: \.isOnlyInLegacy), !layer.weights.contains(where: { $0.role.hasPrefix("lora_") }) else { return layer.weights }
        guard let rank = layer.config["lora_rank"]?.intValue, rank > 0, let kernel = layer.weight("kernel") ?? layer.weight("embeddings"),
            kernel.elementType.isFloat, let columns = kernel.shape.last
        else { return nil }
        var weights: [LayerWeight] = []
        for variable in variables {
            if let weight = layer.weights.first(where: { $0.role == variable.role }) {
                weights.append(weight)
            } else {
                let shape = variable.role.hasSuffix("_a") ? kernel.shape.dropLast() + [rank] : [rank, columns]
                guard let zeros = try? Tensor.zeros(kernel.elementType, Array(shape)) else { return nil }
                weights.append(LayerWeight(role: variable.role, tensor: zeros, isTrainable: variable.isTrainable, place: nil))
            }
        }
        return weights
    }
}
