import KerasFiles
import NNInference

/// Layers that normalise each sample by its own statistics.
enum InputNormalizationLayers {
    static let definitions = [layerNormalization, groupNormalization, unitNormalization, rootMeanSquareNormalization]

    private static let axis = ConfigKey<[Int]>("axis", .axes, default: -1)
    private static let epsilon = ConfigKey<Float>("epsilon", .number, default: 0.001)
    private static let center = ConfigKey<Bool>("center", .boolean, default: true)
    private static let scale = ConfigKey<Bool>("scale", .boolean, default: true)

    // MARK: LayerNormalization

    private static let scalesOnly = ConfigKey<Bool>("rms_scaling", .boolean, default: false)

    private static let layerNormalization = LayerDefinition(
        "LayerNormalization",
        keys: .commonWithActivityRegularizer + [.used(axis), .used(epsilon), .used(center), .used(scale), .used(scalesOnly)]
            + .training("beta", "gamma"),
        mask: .passes
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let axes = try ascendingAxes(call, builder)
        let shape = axes.map { builder.shape(input)[$0] }
        let scalesOnly = try call[scalesOnly]
        let hasGamma = try call[scale] || scalesOnly
        let hasBeta = try call[center] && !scalesOnly
        return try builder.append(
            .normalization(
                NNInference.Normalization(
                    input: input, rule: scalesOnly ? .layerScaleOnly : .layer, axes: AxisSet(axes), epsilon: try call[epsilon],
                    gamma: hasGamma ? try builder.weight("gamma", of: call.layer, shape: shape) : nil,
                    beta: hasBeta ? try builder.weight("beta", of: call.layer, shape: shape) : nil)))
    }

    /// The axes counted from the front. Keras sorts them as they are written, so that with negative and positive ones together
    /// its weights belong to other axes than one would think: refused.
    private static func ascendingAxes(_ call: LayerCall, _ builder: borrowing ProgramBuilder) throws(Refusal) -> [Int] {
        let axes = try builder.normalized(try call[axis], of: try call.input.value)
        guard !axes.isEmpty, axes == axes.sorted() else { throw call.refusal(.unsupportedValue(allowed: []), key: axis.name) }
        return axes
    }

    // MARK: GroupNormalization

    private static let groups = ConfigKey<Int>("groups", .integer(from: -1), default: 32)

    private static let groupNormalization = LayerDefinition(
        "GroupNormalization",
        keys: .commonWithActivityRegularizer + [.used(groups), .used(axis), .used(epsilon), .used(center), .used(scale)]
            + .training("beta", "gamma"),
        mask: .passes, rules: [.oneAxis(axis), .notZero(groups)]
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let axes = try builder.normalized(try call[axis], of: input)
        let channels = builder.shape(input)[axes[0]]
        guard channels > 0 else { throw call.refusal(.shape(.unknownDimension(axis: axes[0]))) }
        let groups = try call[groups]
        return try builder.append(
            .normalization(
                NNInference.Normalization(
                    input: input, rule: .group, axes: AxisSet(axes), groups: groups == -1 ? channels : groups, epsilon: try call[epsilon],
                    gamma: try call[scale] ? builder.weight("gamma", of: call.layer, shape: [channels]) : nil,
                    beta: try call[center] ? builder.weight("beta", of: call.layer, shape: [channels]) : nil)))
    }

    // MARK: UnitNormalization

    private static let unitNormalization = LayerDefinition(
        "UnitNormalization", keys: .commonWithActivityRegularizer + [.used(axis)], mask: .passes
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let axes = try builder.normalized(try call[axis], of: input)
        return try builder.append(
            .normalization(NNInference.Normalization(input: input, rule: .unit, axes: AxisSet(axes), epsilon: 1e-12)))
    }

    // MARK: RMSNormalization

    private static let smallEpsilon = ConfigKey<Float>("epsilon", .number, default: 1e-6)

    private static let rootMeanSquareNormalization = LayerDefinition(
        "RMSNormalization", keys: .commonWithActivityRegularizer + [.used(axis), .used(smallEpsilon)], mask: .drops
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let shape = builder.shape(input)
        let axes = try ascendingAxes(call, builder)
        // Keras multiplies by the scale as if it always belonged to the last axes.
        guard axes == Array(shape.rank - axes.count..<shape.rank) else {
            throw call.refusal(.unsupportedValue(allowed: [-1]), key: axis.name)
        }
        let scale = try builder.weight("scale", of: call.layer, shape: axes.map { shape[$0] })
        return try builder.append(
            .normalization(
                NNInference.Normalization(
                    input: input, rule: .rootMeanSquare, axes: AxisSet(axes), epsilon: try call[smallEpsilon], gamma: scale)))
    }
}
