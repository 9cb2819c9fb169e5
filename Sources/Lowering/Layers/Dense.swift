import KerasFiles
import NNInference

enum DenseLayer {
    static let definitions = [dense]

    private static let units = ConfigKey<Int>("units", .integer(from: 1))
    private static let useBias = ConfigKey<Bool>("use_bias", .boolean, default: true)
    private static let activation = ConfigKey<LayerActivation>("activation", .activation, default: .null)

    static let dense = LayerDefinition(
        "Dense",
        keys: .commonWithActivityRegularizer + [
            .used(units), .used(activation), .used(useBias), .only("lora_rank", .null), .only("lora_alpha", .null),
            .only("quantization_config", .null),
        ] + .training("kernel", "bias"),
        mask: .passes, integers: .convertedToNumbers
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let units = try call[units]
        let shape = builder.shape(input)
        let kernel = try builder.weight("kernel", of: call.layer, shape: [shape[shape.rank - 1], units], layout: .panels)
        let bias = try call[useBias] ? builder.weight("bias", of: call.layer, shape: [units]) : nil
        let activation = try call[activation]
        let output = try builder.append(
            .dense(Dense(input: input, kernel: kernel, epilogue: Epilogue(bias: bias, activation: activation.inEpilogue))))
        return try builder.apply(activation.afterEpilogue, to: output)
    }
}

extension LayerActivation {
    /// The part that the epilogue of a matrix product or convolution can do.
    var inEpilogue: Activation {
        if case .elementwise(let activation) = self { activation } else { .linear }
    }

    /// What remains to be done after it.
    var afterEpilogue: LayerActivation {
        if case .elementwise = self { .elementwise(.linear) } else { self }
    }
}
