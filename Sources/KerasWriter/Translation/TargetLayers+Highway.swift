import KerasFiles

/// Highway of Keras 1, `t * h + (1 - t) * x`, is a model of layers that every Keras has: `x + t * (h - x)`.
extension TargetLayers {
    mutating func highwayReplaced(_ layer: KerasLayer) -> KerasLayer? {
        guard layer.className == "Highway", layer.isOwnClass, let units = layer.weight("kernel")?.shape.first else { return nil }
        func part(_ className: String, _ suffix: String, _ config: JSONObject = [:]) -> KerasLayer {
            let name = layer.name + "_" + suffix
            var all: JSONObject = ["name": .string(name), "trainable": layer.config["trainable"] ?? true]
            for (key, value) in config { all[key] = value }
            return KerasLayer(className: className, name: name, path: layer.path + "/" + name, place: .member, config: all)
        }
        func dense(_ suffix: String, _ activation: JSON, kernel: String, bias: String) -> KerasLayer {
            let hasBias = layer.weight(bias) != nil
            var dense = part(
                "Dense", suffix, ["units": .integer(Int64(units)), "activation": activation, "use_bias": .bool(hasBias)])
            dense.weights = [(kernel, "kernel"), (bias, "bias")].compactMap { old, new in
                layer.weights.first { $0.role == old }.map {
                    LayerWeight(role: new, tensor: $0.tensor, isTrainable: $0.isTrainable, place: $0.place)
                }
            }
            return dense
        }
        var input = part("InputLayer", "input", ["batch_shape": [nil, .integer(Int64(units))], "dtype": "float32", "sparse": false])
        input.config.removeValue(forKey: "trainable")
        // As Keras orders them: the further from the output, the earlier.
        let members = [
            input,
            dense("transform", layer.config["activation"] ?? "linear", kernel: "kernel", bias: "bias"),
            dense("gate", "sigmoid", kernel: "carry_kernel", bias: "carry_bias"),
            part("Subtract", "difference"), part("Multiply", "part"), part("Add", "sum"),
        ]
        func tensor(_ member: Int) -> KerasGraph.Argument { .tensor(KerasGraph.Tensor(member: member)) }
        func pair(_ a: Int, _ b: Int) -> [KerasGraph.Call] { [KerasGraph.Call([.list([tensor(a), tensor(b)])])] }
        var model = layer
        model.className = "Functional"
        model.pythonClass = nil
        model.config = ["name": .string(layer.name), "trainable": layer.config["trainable"] ?? true]
        model.weights = []
        model.children = members
        model.graph = KerasGraph(
            calls: [[], [KerasGraph.Call([tensor(0)])], [KerasGraph.Call([tensor(0)])], pair(1, 0), pair(2, 3), pair(0, 4)],
            inputs: tensor(0), outputs: tensor(5))
        report(Repair(.classRenamed, layerPath: layer.path, old: .string(layer.className), new: "Functional"))
        return model
    }
}
