import KerasFiles
import NNInference

/// Highway of Keras 1: `t * activation(x W + b) + (1 - t) * x` with `t = sigmoid(x Wc + bc)`.
enum HighwayLayer {
    static let definitions = [highway]

    private static let highway = LayerDefinition(
        "Highway",
        keys: .commonWithActivityRegularizer + [.used(ConvolutionLayers.activation), .used(ConvolutionLayers.useBias)]
            + .training("kernel", "bias"),
        mask: .drops
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        try builder.require(rank: 2, of: input)
        let units = builder.shape(input)[1]
        let hasBias = try call[ConvolutionLayers.useBias]
        let activation = try call[ConvolutionLayers.activation]
        let gate = try builder.append(
            .dense(
                Dense(
                    input: input, kernel: try builder.weight("carry_kernel", of: call.layer, shape: [units, units], layout: .panels),
                    epilogue: Epilogue(
                        bias: hasBias ? try builder.weight("carry_bias", of: call.layer, shape: [units]) : nil, activation: .sigmoid))))
        let sums = try builder.append(
            .dense(
                Dense(
                    input: input, kernel: try builder.weight("kernel", of: call.layer, shape: [units, units], layout: .panels),
                    epilogue: Epilogue(
                        bias: hasBias ? try builder.weight("bias", of: call.layer, shape: [units]) : nil, activation: activation.inEpilogue))))
        let transformed = try builder.append(
            .arithmetic(Arithmetic(.multiply, try builder.apply(activation.afterEpilogue, to: sums), gate)))
        let carried = try builder.append(
            .arithmetic(Arithmetic(.multiply, try builder.append(.scaling(Scaling(input: gate, scale: -1, shift: 1))), input)))
        return try builder.append(.arithmetic(Arithmetic(.add, transformed, carried)))
    }
}
