import KerasFiles
import NNInference

enum DenseLayer {
    static let definitions = [dense]

    private static let units = ConfigKey<Int>("units", .integer(from: 1))
    private static let useBias = ConfigKey<Bool>("use_bias", .boolean, default: true)
    private static let activation = ConfigKey<LayerActivation>("activation", .activation, default: .null)
    private static let quantization = QuantizationKeys(KeyDeclaration.floatingPoint, modes: [.int8, .int4, .float8, .gptq, .awq])

    /// What training with eight bits has seen of the numbers.
    static let statistics: Set = ["inputs_amax_history", "kernel_amax_history", "outputs_grad_scale", "outputs_grad_amax_history"]

    static let dense = LayerDefinition(
        "Dense",
        keys: .withoutEffect("name", "trainable", "activity_regularizer") + quantization.declarations
            + [.used(units), .used(activation), .used(useBias)] + .adapter + .training("kernel", "bias"),
        mask: .passes, integers: .convertedToNumbers, unusedWeights: statistics, rules: [quantization.rule]
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let units = try call[units]
        let shape = builder.shape(input)
        let inputs = shape[shape.rank - 1]
        let activation = try call[activation]
        if let policy = try call[quantization.policy] {
            guard inputs > 0 else { throw call.refusal(.shape(.unknownDimension(axis: shape.rank - 1))) }
            let output = try product(input, [inputs, units], policy, call, &builder)
            return try builder.apply(activation, to: output)
        }
        let kernel = try builder.adapted("kernel", of: call.layer, shape: [inputs, units], layout: .panels)
        let bias = try call[useBias] ? builder.weight("bias", of: call.layer, shape: [units]) : nil
        let output = try builder.append(
            .dense(Dense(input: input, kernel: kernel, epilogue: Epilogue(bias: bias, activation: activation.inEpilogue))))
        return try builder.apply(activation.afterEpilogue, to: output)
    }

    /// The product of a quantised layer, and its bias. Keras divides by the scales after the product, where there is one per column.
    private static func product(
        _ input: ValueID, _ shape: [Int], _ policy: QuantizationPolicy, _ call: LayerCall, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> ValueID {
        let layer = call.layer
        let (values, factors) = try builder.quantized(input, layer, policy, quantization)
        let kernel = try builder.quantizedMatrix(layer, policy, rows: shape[0], columns: shape[1])
        let bias = try call[useBias] ? bias([shape[1]], policy, layer, &builder) : nil
        let adapter = try builder.adapter("kernel", of: layer, shape: shape, layout: .panels)
        guard policy.hasScaledColumns || adapter != nil else {
            return try builder.append(.dense(Dense(input: values, kernel: kernel, epilogue: Epilogue(bias: bias))))
        }
        var output = try builder.append(.dense(Dense(input: values, kernel: kernel)))
        if policy.hasScaledColumns { output = try descaled(output, factors, shape[1], layer, &builder) }
        if let adapter {
            output = try builder.append(.arithmetic(Arithmetic(.add, output, try builder.append(.dense(Dense(input: input, kernel: adapter))))))
        }
        guard let bias else { return output }
        return try builder.append(.arithmetic(Arithmetic(.add, output, try builder.append(.constant(Constant(tensor: bias))))))
    }

    /// Sums divided by the scales of their columns, and by the factors of the rows that were quantised.
    private static func descaled(
        _ sums: ValueID, _ factors: ValueID?, _ units: Int, _ layer: KerasLayer, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> ValueID {
        var scale = try builder.append(.constant(Constant(tensor: try builder.weight("kernel_scale", of: layer, shape: [units]))))
        if let factors { scale = try builder.append(.arithmetic(Arithmetic(.multiply, factors, scale))) }
        return try builder.append(.arithmetic(Arithmetic(.divide, sums, scale)))
    }

    /// In float8 Keras rounds the bias of a layer that computes in single precision to bfloat16.
    static func bias(
        _ shape: [Int], _ policy: QuantizationPolicy?, _ layer: KerasLayer, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> TensorID {
        guard let policy, policy.mode == .float8, policy.source == "float32" else { return try builder.weight("bias", of: layer, shape: shape) }
        let numbers = try builder.floats("bias", of: layer, shape: shape)
        return try builder.add(numbers.map { $0.roundedToBFloat16 }, shape, of: layer, layout: .rowMajor)
    }
}

extension ProgramBuilder {
    /// The input of a quantised layer as it takes it, and the factors by which rows were multiplied, if they were.
    mutating func quantized(
        _ input: ValueID, _ layer: KerasLayer, _ policy: QuantizationPolicy, _ keys: QuantizationKeys
    ) throws(Refusal) -> (values: ValueID, factors: ValueID?) {
        if policy.mode == .float8 {
            let scale = try scalar("inputs_scale", of: layer)
            return (try append(.quantization(Quantization(input: input, function: .float8, parameter: scale))), nil)
        }
        guard let quantizer = try keys.inputQuantizer(layer) else { return (input, nil) }
        let results = try append(
            all: .quantization(
                Quantization(
                    input: input, function: .absoluteMaximum, lower: quantizer.lower, upper: quantizer.upper, parameter: quantizer.epsilon)))
        return (results[0], results[1])
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

extension Float {
    /// The nearest number that bfloat16 has, ties to even.
    fileprivate var roundedToBFloat16: Float {
        guard isFinite else { return self }
        return Float(bitPattern: (bitPattern &+ 0x7FFF &+ (bitPattern >> 16 & 1)) & 0xFFFF_0000)
    }
}
