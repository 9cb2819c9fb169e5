import KerasFiles
import NNInference

/// What stands under an `activation` key.
enum LayerActivation {
    /// Each element on its own.
    case elementwise(Activation)
    /// Over these axes together, numbered from the end of the shape when negative.
    case softmax(axes: [Int], logarithm: Bool)
    /// One half of the last axis times the sigmoid of the other.
    case gatedLinear
    /// A layer with weights of its own (PReLU).
    case layer(KerasLayer)
}

extension KeyType where Value == LayerActivation {
    /// A function by its Keras 3 name, or a layer object.
    static let activation = KeyType(.activation) { value, place throws(Refusal) in
        if value.isNull { return .elementwise(.linear) }
        if let name = value.stringValue {
            if name == "<lambda>" { throw place.refusal(.containsCode) }
            if ActivationNames.defective.contains(name) { throw place.refusal(.defectiveInKeras) }
            guard let activation = ActivationNames.table[name] else {
                throw place.refusal(.unsupportedValue(allowed: ActivationNames.sorted))
            }
            return activation
        }
        return try layerObject(value, place)
    }

    private static func layerObject(_ value: JSON, _ place: ConfigPlace) throws(Refusal) -> LayerActivation {
        guard let className = value["class_name"]?.stringValue else {
            // Keras writes a lambda as an object with its bytecode.
            throw place.refusal(value["value"] != nil ? .containsCode : .wrongType(expected: .activation))
        }
        if className == "__lambda__" { throw place.refusal(.containsCode) }
        if let child = place.layer.child(.activation), child.className == className { return .layer(child) }
        guard let activationOf = ActivationLayers.table[className], let definition = LayerTable[className],
            let config = value["config"]?.objectValue
        else { throw place.refusal(.unsupportedValue(allowed: ActivationNames.sorted)) }
        let layer = KerasLayer(
            className: className, name: place.key, path: "\(place.layer.path)/\(place.key)", place: .activation, config: config)
        if let refusal = Validation.ownRefusals(of: layer, definition).first { throw refusal }
        return try activationOf(layer)
    }
}

extension KeyType where Value == Activation {
    /// A function of single elements, as the cells of recurrent layers need it.
    static let elementwiseActivation = KeyType(.elementwiseActivation) { value, place throws(Refusal) in
        guard case .elementwise(let activation) = try KeyType<LayerActivation>.activation.parse(value, place) else {
            throw place.refusal(.unsupportedValue(allowed: ActivationNames.sortedElementwise))
        }
        return activation
    }
}

extension ProgramBuilder {
    /// Applies an activation to a value.
    mutating func apply(_ activation: LayerActivation, to value: ValueID) throws(Refusal) -> ValueID {
        switch activation {
        case .elementwise(.linear):
            return value
        case .elementwise(let function):
            return try append(.activation(Elementwise(input: value, activation: function)))
        case .softmax(let axes, let logarithm):
            let axes = AxisSet(try normalized(axes, of: value))
            return try append(.softmax(Softmax(input: value, axes: axes, flags: logarithm ? .logarithm : [])))
        case .gatedLinear:
            return try appendGatedLinear(value)
        case .layer(let layer):
            return try lower(layer, MaskedValue(value)).value
        }
    }

    /// `a * sigmoid(b)`, with a and b the halves of the last axis.
    private mutating func appendGatedLinear(_ value: ValueID) throws(Refusal) -> ValueID {
        let shape = shape(value)
        let last = shape.rank - 1
        guard last >= 1, shape[last] > 0, shape[last] % 2 == 0 else {
            throw refusal(.shape(.dimension(axis: last, expected: 2, found: last >= 1 ? shape[last] : 0)))
        }
        let none = Array(repeating: 0, count: last)
        var half = none
        half[last - 1] = shape[last] / 2
        let linear = try append(.cropping(Cropping(input: value, before: none, after: half)))
        let gate = try append(.cropping(Cropping(input: value, before: half, after: none)))
        let open = try append(.activation(Elementwise(input: gate, activation: .sigmoid)))
        return try append(.arithmetic(Arithmetic(.multiply, linear, open)))
    }

    /// Axis numbers counted from the front. Refused are axes that are not there, the batch axis, and repetitions.
    func normalized(_ axes: [Int], of value: ValueID) throws(Refusal) -> [Int] {
        let rank = shape(value).rank
        var result: [Int] = []
        for axis in axes {
            let positive = axis < 0 ? axis + rank : axis
            guard (1..<rank).contains(positive), !result.contains(positive) else { throw refusal(.shape(.rank(expected: rank, found: axis))) }
            result.append(positive)
        }
        return result
    }
}
