import KerasFiles
import NNInference

/// Layers that rearrange or repeat elements.
enum ShapeLayers {
    static let definitions = [flatten, reshape, permute, repeatVector]

    private static let flatten = LayerDefinition(
        "Flatten", keys: .commonWithActivityRegularizer + [.used(ChannelOrder.key)], mask: .drops, integers: .keptAsIntegers,
        takesTexts: true
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let order = try call[ChannelOrder.key]
        if order == .first, builder.info(input).type != .number { throw call.refusal(.integerInput) }
        // Keras moves the channels to the end before it flattens.
        let value = try builder.channelsLast(input, from: order)
        return try builder.append(.reshape(Reshape(input: value, dimensions: [-1])))
    }

    private static let targetShape = ConfigKey<[Int]>("target_shape", .integers(.shape, from: -1))

    private static let reshape = LayerDefinition(
        "Reshape", keys: .commonWithActivityRegularizer + [.used(targetShape)], mask: .drops, integers: .keptAsIntegers, takesTexts: true,
        rules: [
            LayerRule(targetShape.name, is: .oneOpenDimension) { layer throws(Refusal) in
                guard try layer[targetShape].filter({ $0 == -1 }).count <= 1 else {
                    throw Refusal(layer, key: targetShape.name, .wrongType(expected: .shape))
                }
            }
        ]
    ) { call, builder throws(Refusal) in
        try builder.append(.reshape(Reshape(input: try call.input.value, dimensions: try call[targetShape])))
    }

    /// Counted from 1, the batch being 0.
    private static let dims = ConfigKey<[Int]>("dims", .integers(.shape, from: 1))

    private static let permute = LayerDefinition(
        "Permute", keys: .commonWithActivityRegularizer + [.used(dims)], mask: .drops,
        rules: [
            LayerRule(dims.name, is: .permutation) { layer throws(Refusal) in
                let dims = try layer[dims]
                guard dims.sorted() == Array(1..<dims.count + 1) else { throw Refusal(layer, key: Self.dims.name, .unsupportedValue(allowed: [])) }
            }
        ]
    ) { call, builder throws(Refusal) in
        try builder.append(.transposition(Transposition(input: try call.input.value, order: try call[dims])))
    }

    private static let count = ConfigKey<Int>("n", .integer(from: 1))

    private static let repeatVector = LayerDefinition(
        "RepeatVector", keys: .commonWithActivityRegularizer + [.used(count)], mask: .drops
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        try builder.require(rank: 2, of: input)
        let step = try builder.append(.reshape(Reshape(input: input, dimensions: [1, builder.shape(input)[1]])))
        return try builder.append(.repetition(Repetition(input: step, axis: 1, count: try call[count])))
    }
}
