/// Weights that a legacy file has in another form than Keras 3, brought into that form: those of Keras 1, and kernels of Theano. Nothing is
/// read for it; what the file has stays in ``KerasModel/weightGroups``.
///
/// Facts: `preprocess_weights_for_loading` of Keras 2.3.1; checked by running Keras 1.0.8 and 1.2.2 with both backends.
struct StoredForm {
    /// Which Keras wrote the weights.
    private let version: KerasVersion
    private let backend: String?
    private(set) var repairs: [Repair] = []

    init(version: KerasVersion, backend: String?) {
        self.version = version
        self.backend = backend
    }

    mutating func settle(_ layer: inout KerasLayer) throws(KerasFileError) {
        for index in layer.children.indices { try settle(&layer.children[index]) }
        guard layer.isOwnClass else { return }
        do throws(KerasFileError) {
            if version.major < 2, !layer.weights.isEmpty {
                try joinGates(&layer)
                try reorder(&layer)
                if layer.className == "MaxoutDense" { try expandMaxout(&layer) }
            }
            if backend == "theano" {
                if Self.flipped.contains(layer.className) {
                    try change(&layer) { role, tensor throws(KerasFileError) in
                        role.hasSuffix("kernel") ? try tensor.flipped(firstAxes: max(tensor.shape.count - 2, 0)) : nil
                    }
                }
                markPadding(&layer)
            }
        } catch {
            throw KerasFileError(error.kind, path: error.path ?? layer.path, key: error.key)
        }
    }

    /// Replaces the weights for which `form` gives another tensor.
    private mutating func change(
        _ layer: inout KerasLayer, _ form: (String, Tensor) throws(KerasFileError) -> Tensor?
    ) throws(KerasFileError) {
        for index in layer.weights.indices {
            let weight = layer.weights[index]
            guard let tensor = try form(weight.role, weight.tensor) else { continue }
            layer.weights[index] = LayerWeight(role: weight.role, tensor: tensor, isTrainable: weight.isTrainable, place: nil)
            repairs.append(Repair(.weightsReordered, layerPath: layer.path, key: weight.role))
        }
    }
}

// MARK: Keras 1

extension StoredForm {
    /// A matrix of all gates from one of each.
    private mutating func joinGates(_ layer: inout KerasLayer) throws(KerasFileError) {
        guard let gates = Keras1Variables.gates[layer.className], layer.weights.count == 3 * gates.count else { return }
        var joined: [LayerWeight] = []
        for role in ["kernel", "recurrent_kernel", "bias"] {
            let parts = gates.compactMap { gate in layer.weights.first { $0.role == role + "/" + gate } }
            guard let first = parts.first, parts.count == gates.count else { return }
            var tensors: [Tensor] = []
            for part in parts { tensors.append(try kernelLast(part.tensor, of: layer)) }
            joined.append(LayerWeight(role: role, tensor: try Tensor.concatenated(tensors), isTrainable: first.isTrainable, place: nil))
            repairs.append(Repair(.weightsReordered, layerPath: layer.path, key: role))
        }
        layer.weights = joined
    }

    /// A kernel of ConvLSTM2D with the channels last; other tensors as they are.
    private func kernelLast(_ tensor: Tensor, of layer: KerasLayer) throws(KerasFileError) -> Tensor {
        guard layer.className == "ConvLSTM2D", layer.isChannelsFirst, tensor.shape.count == 4 else { return tensor }
        return try tensor.transposed([2, 3, 1, 0])
    }

    private mutating func reorder(_ layer: inout KerasLayer) throws(KerasFileError) {
        let described = layer
        let version = version
        try change(&layer) { role, tensor throws(KerasFileError) in
            guard role.hasSuffix("kernel") else { return nil }
            switch described.className {
            case "Conv1D": return try Self.kernelOfOneDimension(tensor, of: described, version)
            case "Conv2D", "SeparableConv2D":
                return described.isChannelsFirst && tensor.shape.count == 4 ? try tensor.transposed([2, 3, 1, 0]) : nil
            case "Conv3D":
                return described.isChannelsFirst && tensor.shape.count == 5 ? try tensor.transposed([2, 3, 4, 1, 0]) : nil
            case "Conv2DTranspose" where tensor.shape.count == 4:
                return try tensor.transposed(described.isChannelsFirst ? [2, 3, 0, 1] : [0, 1, 3, 2])
            default: return nil
            }
        }
    }

    /// Of rank 4, with the length and 1 as its first axes; in Keras 1.0 as its last, the other way round.
    private static func kernelOfOneDimension(_ tensor: Tensor, of layer: KerasLayer, _ version: KerasVersion) throws(KerasFileError) -> Tensor {
        let shape = tensor.shape
        guard shape.count == 4, let length = layer.config["kernel_size"]?[0]?.intValue, let filters = layer.config["filters"]?.intValue else {
            throw KerasFileError(.weightShape(expected: [0, 1, 0, 0], found: shape))
        }
        let isNew = shape[0] == length && shape[1] == 1 && shape[3] == filters
        let isOld = shape[0] == filters && shape[2] == length && shape[3] == 1
        guard isNew || isOld else { throw KerasFileError(.weightShape(expected: [length, 1, shape[2], filters], found: shape)) }
        // Where both can be, the release tells.
        let old = isOld && !(isNew && (version.text == nil || version >= (1, 1, 0)))
        return old ? try tensor.transposed([2, 3, 1, 0]).reshaped([length, shape[1], filters]) : try tensor.reshaped([length, shape[2], filters])
    }

    /// MaxoutDense is the largest of several Dense layers, element by element: one Dense of all, and a maximum over them.
    private mutating func expandMaxout(_ layer: inout KerasLayer) throws(KerasFileError) {
        guard let kernel = layer.weights.first?.tensor, kernel.shape.count == 3 else { throw KerasFileError(.weightShape(expected: [0, 0, 0], found: layer.weights[0].tensor.shape)) }
        let (features, inputs, units) = (kernel.shape[0], kernel.shape[1], kernel.shape[2])
        guard layer.config["units"]?.intValue == units, layer.config["nb_feature"]?.intValue == features else {
            throw KerasFileError(
                .weightShape(expected: [layer.config["nb_feature"]?.intValue ?? 0, inputs, layer.config["units"]?.intValue ?? 0], found: kernel.shape))
        }
        var weights: [LayerWeight] = []
        for weight in layer.weights {
            let tensor = weight.role == "kernel"
                ? try weight.tensor.transposed([1, 0, 2]).reshaped([inputs, features * units]) : try weight.tensor.reshaped([features * units])
            weights.append(LayerWeight(role: weight.role, tensor: tensor, isTrainable: weight.isTrainable, place: nil))
        }
        let trainable = layer.config["trainable"] ?? true
        func part(_ className: String, _ suffix: String, _ config: JSONObject, weights: [LayerWeight] = []) -> KerasLayer {
            let name = layer.name + "_" + suffix
            var all: JSONObject = ["name": .string(name), "trainable": trainable]
            for (key, value) in config { all[key] = value }
            return KerasLayer(className: className, name: name, path: layer.path + "/" + name, place: .member, config: all, weights: weights)
        }
        let hasBias = layer.config["use_bias"] ?? true
        var input = part("InputLayer", "input", ["batch_shape": [nil, .integer(Int64(inputs))], "dtype": "float32", "sparse": false])
        input.config.removeValue(forKey: "trainable")
        let members = [
            input,
            part("Dense", "dense", ["units": .integer(Int64(features * units)), "activation": "linear", "use_bias": hasBias], weights: weights),
            part("Reshape", "reshape", ["target_shape": [.integer(Int64(features)), .integer(Int64(units))]]),
            part("GlobalMaxPooling1D", "max", ["data_format": "channels_last"]),
        ]
        repairs.append(Repair(.classRenamed, layerPath: layer.path, old: .string(layer.className), new: "Sequential"))
        layer.className = "Sequential"
        layer.pythonClass = nil
        layer.config = ["name": .string(layer.name)]
        layer.weights = []
        layer.children = members
    }
}

// MARK: Theano

extension StoredForm {
    /// Layers with kernels that Theano turns around.
    private static let flipped: Set = ["Conv1D", "Conv2D", "Conv3D", "ConvLSTM2D"]

    /// Stands for the padding of Theano where TensorFlow's is another.
    private static let ownPadding = "theano>same"

    /// `same` is the same for Theano when as much is added before as behind: for windows of odd extents without steps, and for
    /// pooling no larger than 3.
    private mutating func markPadding(_ layer: inout KerasLayer) {
        guard layer.config["padding"] == "same" else { return }
        let isPooling = layer.className.hasSuffix("Pooling1D") || layer.className.hasSuffix("Pooling2D") || layer.className.hasSuffix("Pooling3D")
        let extents = Self.extents(layer.config[isPooling ? "pool_size" : "kernel_size"])
        let strides = layer.config["strides"].flatMap { $0.isNull ? nil : $0 }.map(Self.extents) ?? (isPooling ? extents : [1])
        let isSame = strides.allSatisfy { $0 == 1 } && extents.allSatisfy { $0 % 2 == 1 && (!isPooling || $0 <= 3) }
        guard !isSame else { return }
        repairs.append(Repair(.meaningKept, layerPath: layer.path, key: "padding", old: "same", new: .string(Self.ownPadding)))
        layer.config["padding"] = .string(Self.ownPadding)
    }

    private static func extents(_ value: JSON?) -> [Int] {
        switch value {
        case .array(let list)?: list.map { $0.intValue ?? 0 }
        case let value?: [value.intValue ?? 0]
        case nil: [0]
        }
    }
}

extension KerasLayer {
    fileprivate var isChannelsFirst: Bool { config["data_format"] == "channels_first" }
}

extension KerasModel {
    /// Layers whose kernels may be either way round, because nobody told with what Keras 1 computed; and those of which it is not known
    /// what Theano made of them.
    package var layersOfUnknownKernelOrder: [KerasLayer] {
        let isUntold = backend == nil && format.isLegacy && (weightsVersion ?? version).major < 2
        guard isUntold || backend == "theano" else { return [] }
        var found: [KerasLayer] = []
        root.forEach { layer in
            guard layer.className.contains("Conv"), !layer.weights.isEmpty else { return }
            if isUntold || Self.unknownToTheano.contains(layer.className) { found.append(layer) }
        }
        return found
    }

    private static let unknownToTheano: Set = [
        "DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose",
    ]
}
