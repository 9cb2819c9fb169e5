import KerasFiles

/// Identity, Normalization and Rescaling end a mask in Keras 2 and pass it on in Keras 3. There another layer ends it that changes
/// nothing: a Permute that leaves all axes where they are, or in a Functional a copy.
extension TargetLayers {
    private static let passing: Set = ["Identity", "Normalization", "Rescaling"]

    func passesMaskOn(_ layer: KerasLayer) -> Bool { endsMasks && layer.isOwnClass && Self.passing.contains(layer.className) }

    /// Adds what ends the masks behind the members of a model that is written like `model`.
    mutating func endMasks(in model: inout KerasLayer) {
        guard model.members.contains(where: passesMaskOn) else { return }
        if model.graph != nil {
            for (place, member) in model.members.enumerated() where passesMaskOn(member) { addCopy(behind: place, in: &model) }
            return
        }
        var rank: Int?
        var children: [KerasLayer] = []
        for child in model.children {
            rank = AxisCount.after(child, rank)
            children.append(child)
            guard passesMaskOn(child) else { continue }
            guard model.className == "Sequential", let rank else {
                refuse(child, nil, .maskedOutput)
                continue
            }
            let axes = (1..<max(rank, 2)).map { JSON.integer(Int64($0)) }
            children.append(added("Permute", behind: child, in: model, ["dims": .array(axes)]))
        }
        model.children = children
    }

    private mutating func added(_ className: String, behind layer: KerasLayer, in model: KerasLayer, _ own: JSONObject) -> KerasLayer {
        let name = unusedName(layer.name + "_unmasked", in: model)
        var config: JSONObject = ["name": .string(name), "trainable": true, "dtype": layer.config["dtype"] ?? "float32"]
        for (key, value) in own { config[key] = value }
        let path = model.path + "/" + name
        report(Repair(.layerAdded, layerPath: path, new: .string(className)))
        return KerasLayer(className: className, name: name, path: path, place: .member, config: config)
    }

    private mutating func addCopy(behind place: Int, in model: inout KerasLayer) {
        guard var graph = model.graph else { return }
        var copy = added("Copy", behind: model.members[place], in: model, [:])
        copy.config = ["name": .string(copy.name)]
        copy.module = KerasOperations.module(of: copy.className)
        copy.registeredName = copy.className
        // Whoever took a result of the layer takes the copy's of the same call.
        let last = model.members.count
        graph = graph.map { $0.member == place ? KerasGraph.Tensor(member: last, call: $0.call) : $0 }
        graph.calls.append(graph.calls[place].indices.map { KerasGraph.Call([.tensor(KerasGraph.Tensor(member: place, call: $0))]) })
        model.children.append(copy)
        model.graph = graph
    }

    func unusedName(_ name: String, in model: KerasLayer) -> String {
        let taken = Set(model.children.map(\.name))
        var name = name
        while taken.contains(name) { name += "_" }
        return name
    }
}

/// How many axes, the batch's among them, the tensors between the layers of a Sequential have, as far as that is easily told.
private enum AxisCount {
    static func after(_ layer: KerasLayer, _ before: Int?) -> Int? {
        switch layer.className {
        case "InputLayer": return layer.config["batch_shape"]?.arrayValue?.count
        case "Embedding": return before.map { $0 + 1 }
        case "Reshape": return layer.config["target_shape"]?.arrayValue.map { $0.count + 1 }
        case "Flatten": return 2
        case "RepeatVector": return 3
        case "LSTM", "GRU", "SimpleRNN": return sequence(layer)
        case "Bidirectional": return layer.child(.forward).flatMap { sequence($0) }
        default: return keeping.contains(layer.className) ? before : nil
        }
    }

    private static func sequence(_ layer: KerasLayer) -> Int? { layer.config["return_sequences"] == true ? 3 : 2 }

    private static let keeping: Set = [
        "Masking", "Dense", "Activation", "ActivityRegularization", "Identity", "Normalization", "Rescaling", "Permute",
        "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout", "GaussianNoise",
        "BatchNormalization", "LayerNormalization", "GroupNormalization", "UnitNormalization",
        "ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax", "Conv1D", "Conv2D", "Conv3D", "SeparableConv1D", "SeparableConv2D",
        "DepthwiseConv1D", "DepthwiseConv2D", "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D",
        "AveragePooling3D", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D", "Cropping1D", "Cropping2D", "Cropping3D",
        "UpSampling1D", "UpSampling2D", "UpSampling3D",
    ]
}
