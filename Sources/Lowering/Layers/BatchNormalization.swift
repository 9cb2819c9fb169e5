import KerasFiles
import NNInference

enum BatchNormalizationLayer {
    static let definitions = [definition]

    private static let axis = ConfigKey<[Int]>("axis", .axes, default: -1)
    private static let epsilon = ConfigKey<Float>("epsilon", .number, default: 0.001)
    private static let center = ConfigKey<Bool>("center", .boolean, default: true)
    private static let scale = ConfigKey<Bool>("scale", .boolean, default: true)
    /// Corrects the statistics of a batch in training; what it keeps for that changes no prediction.
    private static let renorm = ConfigKey<Bool>("renorm", .boolean, default: false)

    private static let definition = LayerDefinition(
        "BatchNormalization",
        keys: .commonWithActivityRegularizer + [
            .used(axis), .used(epsilon), .used(center), .used(scale), .used(renorm), .only("virtual_batch_size", .null),
            .only("adjustment", .null),
        ] + .withoutEffect("momentum", "synchronized", "renorm_clipping", "renorm_momentum", "fused")
            + .training("beta", "gamma", "moving_mean", "moving_variance"),
        mask: .passes, unusedWeights: ["moving_stddev", "renorm_mean", "renorm_stddev"], rules: [.oneAxis(axis)]
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let axes = try builder.normalized(try call[axis], of: input)
        let shape = axes.map { builder.shape(input)[$0] }
        func weight(_ role: String, _ builder: inout ProgramBuilder) throws(Refusal) -> TensorID {
            try builder.weight(role, of: call.layer, shape: shape)
        }
        let gamma = try call[scale] ? weight("gamma", &builder) : nil
        let beta = try call[center] ? weight("beta", &builder) : nil
        // With it TensorFlow does not take its fused operation.
        let smallest = try call[renorm] ? 0 : builder.writer.smallestEpsilon(rank: builder.shape(input).rank, axis: axes[0])
        let epsilon = max(try call[epsilon], smallest)
        let statistics = Statistics(
            rule: .addedEpsilon, epsilon: epsilon, mean: try weight("moving_mean", &builder),
            variance: try weight("moving_variance", &builder), gamma: gamma, beta: beta)
        return try builder.append(.standardization(Standardization(input: input, axes: AxisSet(axes), statistics: statistics)))
    }
}
