import KerasFiles
import NNInference

/// Normalization and Rescaling.
enum NumericPreprocessingLayers {
    static let definitions = [normalization, rescaling]

    // MARK: Normalization

    private static let axis = ConfigKey<[Int]?>("axis", .optional(.axes), default: -1)
    private static let mean = ConfigKey<NumberArray?>("mean", .optional(.numbers), default: .null)
    private static let variance = ConfigKey<NumberArray?>("variance", .optional(.numbers), default: .null)
    private static let invert = ConfigKey<Bool>("invert", .boolean, default: false)
    /// Keras' `backend.epsilon()`, below which no deviation goes.
    private static let smallestDeviation: Float = 1e-7

    private static let normalization = LayerDefinition(
        "Normalization",
        keys: .commonWithActivityRegularizer + [.used(axis), .used(mean), .used(variance), .used(invert)],
        mask: .passes, integers: .convertedToNumbers, unusedWeights: ["count"],
        rules: [
            LayerRule(mean.name, variance.name, is: .sameShapeOrBothAbsent) { layer throws(Refusal) in
                guard try layer[mean]?.shape == layer[variance]?.shape else {
                    throw Refusal(layer, key: mean.name, .conflict(withKey: variance.name))
                }
            }
        ]
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let axes = try builder.normalized(try call[axis] ?? [], of: input).sorted()
        let shape = axes.map { builder.shape(input)[$0] }

        let statistics = Statistics(
            rule: try call[invert] ? .inverse : .flooredDeviation, epsilon: smallestDeviation, mean: try statistic(mean, shape, call, &builder),
            variance: try statistic(variance, shape, call, &builder))
        return try builder.append(.standardization(Standardization(input: input, axes: AxisSet(axes), statistics: statistics)))
    }

    /// From the configuration, or learned and stored as a weight.
    private static func statistic(
        _ key: ConfigKey<NumberArray?>, _ shape: [Int], _ call: LayerCall, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> TensorID {
        guard let given = try call[key] else { return try builder.weight(key.name, of: call.layer, shape: shape) }
        guard let numbers = given.broadcast(to: shape) else {
            throw call.refusal(.weightShape(role: key.name, expected: shape, found: given.shape), key: key.name)
        }
        return try builder.constant(numbers, of: call.layer)
    }

    // MARK: Rescaling

    private static let scale = ConfigKey<NumberArray>("scale", .numbers)
    private static let offset = ConfigKey<NumberArray>("offset", .numbers, default: 0)

    private static let rescaling = LayerDefinition(
        "Rescaling", keys: .commonWithActivityRegularizer + [.used(scale), .used(offset)],
        mask: .passes, integers: .convertedToNumbers
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let scale = try call[scale]
        let offset = try call[offset]
        if scale.shape.isEmpty, offset.shape.isEmpty {
            return try builder.append(.scaling(Scaling(input: input, scale: scale.values[0], shift: offset.values[0])))
        }
        // Numbers of their own for the last axes, as NumPy broadcasts them.
        let scaled = try combine(.multiply, input, scale, key: Self.scale.name, call, &builder)
        return try combine(.add, scaled, offset, key: Self.offset.name, call, &builder)
    }

    private static func combine(
        _ function: Arithmetic.Function, _ value: ValueID, _ numbers: NumberArray, key: String, _ call: LayerCall,
        _ builder: inout ProgramBuilder
    ) throws(Refusal) -> ValueID {
        let shape = builder.shape(value)
        guard numbers.shape.count < shape.rank else { throw call.refusal(.unsupportedValue(allowed: []), key: key) }
        let constant = try builder.append(.constant(Constant(tensor: try builder.constant(numbers, of: call.layer))))
        let result = try builder.append(.arithmetic(Arithmetic(function, value, constant)))
        guard builder.shape(result) == shape else { throw call.refusal(.unsupportedValue(allowed: []), key: key) }
        return result
    }
}
