import KerasFiles
import NNInference

/// Discretization and CategoryEncoding.
enum CategoryLayers {
    static let definitions = [discretization, categoryEncoding]

    private static let boundaries = ConfigKey<NumberArray>("bin_boundaries", .numbers)

    private static let discretization = LayerDefinition(
        "Discretization",
        keys: .categoryOutput() + .withoutEffect("num_bins", "epsilon") + [.used(boundaries)],
        mask: .drops, integers: .convertedToNumbers,
        rules: [
            LayerRule(boundaries.name, is: .rising) { layer throws(Refusal) in
                let numbers = try layer[boundaries]
                guard numbers.shape.count == 1, zip(numbers.values, numbers.values.dropFirst()).allSatisfy({ $0 <= $1 }) else {
                    throw Refusal(layer, key: boundaries.name, .unsupportedValue(allowed: []))
                }
            }
        ]
    ) { call, builder throws(Refusal) in
        let numbers = try call[boundaries]
        let bins = try builder.append(
            .binning(Binning(input: try call.input.value, boundaries: try builder.constant(numbers, of: call.layer))))
        return try builder.encode(bins, as: try call[CategoryMode.key()], depth: numbers.values.count + 1)
    }

    private static let tokens = ConfigKey<Int>("num_tokens", .integer(from: 1))
    private static let encoding = ConfigKey<CategoryMode>(
        "output_mode", .oneOf(["multi_hot": .multiHot, "binary": .multiHot, "one_hot": .oneHot, "count": .count]), default: "multi_hot")

    private static let categoryEncoding = LayerDefinition(
        "CategoryEncoding", keys: .withoutEffect("name", "trainable") + [.exactNumberType, .used(tokens), .used(encoding), .only("sparse", false)],
        mask: .drops, integers: .keptAsIntegers
    ) { call, builder throws(Refusal) in
        try builder.encode(try call.input.value, as: try call[encoding], depth: try call[tokens])
    }
}

/// What becomes of the categories that a layer has found.
enum CategoryMode: Sendable {
    case integers, oneHot, multiHot, count
    /// ``count``, each category with a weight of its own.
    case weightedCount

    static func key() -> ConfigKey<CategoryMode> {
        ConfigKey("output_mode", .oneOf(["int": .integers, "one_hot": .oneHot, "multi_hot": .multiHot, "count": .count]), default: "int")
    }

    /// Of layers with a vocabulary, which have also the names of earlier releases.
    static let keyOfLookup = ConfigKey<CategoryMode>(
        "output_mode",
        .oneOf([
            "int": .integers, "one_hot": .oneHot, "multi_hot": .multiHot, "binary": .multiHot, "count": .count, "tf_idf": .weightedCount,
            "tf-idf": .weightedCount,
        ]), default: "int")

    /// Of TextVectorization. Keras would make one row per token for `one_hot`, of as many tokens as each text has.
    static let keyOfTexts = ConfigKey<CategoryMode>(
        "output_mode",
        .oneOf([
            "int": .integers, "multi_hot": .multiHot, "binary": .multiHot, "count": .count, "tf_idf": .weightedCount, "tf-idf": .weightedCount,
        ]), default: "int")
}

extension [KeyDeclaration] {
    /// The keys of a layer that gives categories, and what it gives them as. The type of whole numbers does not change them.
    static func categoryOutput(_ mode: ConfigKey<CategoryMode> = CategoryMode.key()) -> [KeyDeclaration] {
        withoutEffect("name", "trainable") + [
            .numberType(names: ["float32", "int64", "int32", "string"]), .used(mode), .only("sparse", false),
        ]
    }
}

extension ProgramBuilder {
    /// Categories in the form that `mode` asks for.
    mutating func encode(_ value: ValueID, as mode: CategoryMode, depth: Int) throws(Refusal) -> ValueID {
        switch mode {
        case .integers: return value
        case .oneHot:
            let shape = shape(value)
            var value = value
            // An axis of size 1 at the end is taken for the one that the zeros and ones are along.
            if shape.rank > 1, shape[shape.rank - 1] == 1 {
                value = try append(.reshape(Reshape(input: value, dimensions: Array(shape.dimensions[1..<shape.rank - 1]))))
            }
            return try append(.encoding(Encoding(input: value, mode: .oneHot, depth: depth)))
        case .multiHot: return try append(.encoding(Encoding(input: value, mode: .multiHot, depth: depth)))
        case .count, .weightedCount: return try append(.encoding(Encoding(input: value, mode: .count, depth: depth)))
        }
    }
}
