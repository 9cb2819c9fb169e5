import KerasFiles
import NNInference

/// Sequential and the input layers in it.
enum ModelLayers {
    static let definitions = [inputLayer, sequential]

    /// Models whose layers form a graph.
    static let graphClasses: Set<String> = ["Functional", "Model"]

    private static let batchShape = ConfigKey<[Int]>("batch_shape", .batchShape)
    private static let inputType = ConfigKey<ValueType>("dtype", .inputType, default: "float32")
    private static let buildInputShape = ConfigKey<[Int]?>("build_input_shape", .optional(.batchShape), default: .null)

    /// Stands for what a model is given; ``ProgramBuilder/enter(_:_:)`` does what little there is to do.
    static let inputLayer = LayerDefinition(
        "InputLayer",
        keys: [
            .used(batchShape), .used(inputType), .only("sparse", false), .only("ragged", false), .only("optional", false),
        ] + .withoutEffect("name", "trainable"),
        mask: .passes, integers: .keptAsIntegers, takesTexts: true
    ) { call, builder throws(Refusal) in
        try builder.enter(call.layer, call.input.value)
    }

    static let sequential = LayerDefinition(
        "Sequential",
        keys: .common + [.used(buildInputShape)], integers: .keptAsIntegers, takesTexts: true
    ) { call, builder throws(Refusal) in
        [try builder.lowerMembers(of: call.layer, try call.input)]
    }

    /// What the model's input looks like: from its input layer, or from that of the model it begins with.
    static func inputInfo(of model: KerasLayer) throws(Refusal) -> ValueInfo {
        guard let first = model.members.first else { throw Refusal(model, .unknownInputShape) }
        if first.className == "InputLayer" { return try info(ofInput: first) }
        if let shape = try model[buildInputShape] { return ValueInfo(.number, Shape(shape)) }
        guard first.className == "Sequential" else { throw Refusal(model, .unknownInputShape) }
        return try inputInfo(of: first)
    }
}

extension ProgramBuilder {
    /// Lowers the model itself: its input, its layers, its output.
    mutating func lowerRoot(_ root: KerasLayer) throws(Refusal) {
        var info = try ModelLayers.inputInfo(of: root)
        guard info.shape.rank >= 1, info.shape.rank <= Shape.maximumRank else {
            throw Refusal(root, .shape(.rank(expected: Shape.maximumRank, found: info.shape.rank)))
        }
        info.shape[0] = Shape.unknown
        let inputLayer = root.members.first.flatMap { $0.className == "InputLayer" ? $0 : nil }
        let input = addInput(info, name: inputLayer?.name ?? root.name)
        let output = try lowerMembers(of: root, MaskedValue(input))
        setOutputs([output.value], names: [root.members.last?.name ?? root.name])
    }

    /// Lowers the layers of a Sequential one after the other.
    mutating func lowerMembers(of model: KerasLayer, _ input: MaskedValue) throws(Refusal) -> MaskedValue {
        var current = input
        for member in model.members { current = try lower(member, current, isListed: true) }
        return current
    }

    /// What an input layer makes of the value that its model is called with, as Keras does: an axis of size 1 at the end is added or
    /// taken away when the rank is off by one; other differences of shape are refused.
    mutating func enter(_ layer: KerasLayer, _ value: ValueID) throws(Refusal) -> ValueID {
        let expected = try ModelLayers.info(ofInput: layer)
        let found = info(value)
        if expected.type.isInteger, found.type == .number { throw Refusal(layer, .integerInput) }
        if (expected.type == .text) != (found.type == .text) { throw Refusal(layer, .textInput) }
        var result = value
        if expected.type == .number { result = try takeAsNumbers(value) }

        let rank = found.shape.rank
        if rank == expected.shape.rank + 1, rank > 1, found.shape[rank - 1] == 1 {
            result = try reshaped(result, Array(found.shape.dimensions[1..<rank - 1]), layer)
        } else if rank == expected.shape.rank - 1, expected.shape[rank] == 1 {
            result = try reshaped(result, Array(found.shape.dimensions[1...]) + [1], layer)
        }
        let shape = shape(result)
        guard shape.rank == expected.shape.rank else {
            throw Refusal(layer, .shape(.rank(expected: expected.shape.rank, found: shape.rank)))
        }
        for axis in 1..<shape.rank where expected.shape[axis] != shape[axis] {
            guard expected.shape[axis] == Shape.unknown || shape[axis] == Shape.unknown else {
                throw Refusal(layer, .shape(.dimension(axis: axis, expected: expected.shape[axis], found: shape[axis])))
            }
        }
        return result
    }

    private mutating func reshaped(_ value: ValueID, _ dimensions: [Int], _ layer: KerasLayer) throws(Refusal) -> ValueID {
        guard dimensions.filter({ $0 == Shape.unknown }).count <= 1 else { throw Refusal(layer, .shape(.unknownDimension(axis: 1))) }
        return try append(.reshape(Reshape(input: value, dimensions: dimensions)))
    }
}

extension ModelLayers {
    static func info(ofInput layer: KerasLayer) throws(Refusal) -> ValueInfo {
        ValueInfo(try layer[inputType], Shape(try layer[batchShape]))
    }
}

extension KeyType where Value == [Int] {
    /// All dimensions, `null` for an open one.
    static let batchShape = KeyType(.batchShape) { value, place throws(Refusal) in
        guard let list = value.arrayValue, !list.isEmpty else { throw place.refusal(.wrongType(expected: .batchShape)) }
        var dimensions: [Int] = []
        for element in list {
            guard let number = element.isNull ? Shape.unknown : element.intValue, element.isNull || (0...Int(Int32.max)).contains(number) else {
                throw place.refusal(.wrongType(expected: .batchShape))
            }
            dimensions.append(number)
        }
        return dimensions
    }
}

extension KeyType where Value == ValueType {
    /// The number type of an input. All floating-point types are read as numbers: what a layer computes in is its own affair.
    static let inputType = KeyType(.numberType(inputTypes.map(\.key))) { value, place throws(Refusal) in
        let name = KeyDeclaration.policyName(value)
        guard let type = inputTypes.first(where: { $0.key == name }) else { throw place.refusal(.numberType) }
        return type.value
    }

    private static let inputTypes: KeyValuePairs<String, ValueType> = [
        "float32": .number, "float64": .number, "float16": .number, "bfloat16": .number, "int8": .int32, "int16": .int32, "int32": .int32,
        "uint8": .int32, "uint16": .int32, "int64": .int64, "uint32": .int64, "string": .text,
    ]
}
