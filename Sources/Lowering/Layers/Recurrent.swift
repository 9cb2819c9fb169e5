import KerasFiles
import NNInference

/// SimpleRNN, LSTM and GRU, and those of NVIDIA's library.
enum RecurrentLayers {
    static let definitions = RecurrentCell.classes.map(definition) + CuDNNWeights.classes.keys.sorted().map(hardwareDefinition)

    /// Every layer that goes through steps: what wrappers take.
    static let classNames = definitions.map(\.className) + ["RNN"] + ConvolutionalRecurrentLayers.classNames

    private static func definition(_ cell: RecurrentCell.Class) -> LayerDefinition {
        LayerDefinition(
            cell.name, keys: .commonWithActivityRegularizer + StepKeys.declarations + cell.keys + .withoutEffect("use_cudnn")
        ) { call, builder throws(Refusal) in
            try StepKeys.lower(call, &builder) { input, mask, flags, builder throws(Refusal) in
                try RecurrentCell(call.layer, kind: cell.name).append(input, mask: mask, flags, &builder)
            }
        }
    }

    /// Its configuration has no words for what the library does in one way only.
    private static func hardwareDefinition(_ name: String) -> LayerDefinition {
        let units = ConfigKey<Int>("units", .integer(from: 1))
        return LayerDefinition(
            name, keys: .commonWithActivityRegularizer + StepKeys.declarations + [.used(units), .withoutEffect("unit_forget_bias")]
                + .training("kernel", "recurrent", "bias")
        ) { call, builder throws(Refusal) in
            guard let weights = CuDNNWeights.classes[name] else { throw call.refusal(.unknownClass) }
            var layer = call.layer
            for (key, value) in weights.settings { layer.config[key] = value }
            return try StepKeys.lower(call, &builder) { input, mask, flags, builder throws(Refusal) in
                try RecurrentCell(layer, kind: weights.className, arranged: weights).append(input, mask: mask, flags, &builder)
            }
        }
    }
}

/// The keys of all layers that go through steps, whatever happens at a step.
enum StepKeys {
    static let isStateful = ConfigKey<Bool>("stateful", .boolean, default: false)
    static let returnsSequences = ConfigKey<Bool>("return_sequences", .boolean, default: false)
    static let goesBackwards = ConfigKey<Bool>("go_backwards", .boolean, default: false)
    private static let isUnrolled = ConfigKey<Bool>("unroll", .boolean, default: false)
    private static let zeroesMaskedOutputs = ConfigKey<Bool>("zero_output_for_mask", .boolean, default: false)

    static let declarations: [KeyDeclaration] = [
        .used(returnsSequences), .used(goesBackwards), .used(isStateful), .used(zeroesMaskedOutputs), .only("return_state", false),
        .only("time_major", false), .used(isUnrolled), .withoutEffect("implementation"),
    ]

    /// Appends what `append` makes of the input, the mask of the steps, and the flags; hands the mask on.
    static func lower(
        _ call: LayerCall, _ builder: inout ProgramBuilder,
        append: (ValueID, ValueID?, Recurrent.Flags, inout ProgramBuilder) throws(Refusal) -> ValueID
    ) throws(Refusal) -> [MaskedValue] {
        let input = try call.input
        let mask = try stepMask(call, builder)
        let output = try append(input.value, mask, try flags(of: call.layer, hasMask: mask != nil), &builder)
        // Keras hands the mask on as it is, also where the outputs come in reversed order.
        return [MaskedValue(output, mask: try call[returnsSequences] ? input.mask : nil)]
    }

    private static func flags(of layer: KerasLayer, hasMask: Bool) throws(Refusal) -> Recurrent.Flags {
        var flags: Recurrent.Flags = []
        if try layer[goesBackwards] { flags.insert(.reversed) }
        if try layer[returnsSequences] { flags.insert(.returnsSequences) }
        if try layer[isStateful] { flags.insert(.stateful) }
        if try layer[zeroesMaskedOutputs], hasMask { flags.insert(.zeroesMaskedOutputs) }
        // With TensorFlow, and not with other backends, Keras then takes the mask in the order of time for outputs in the reverse order.
        if try layer[isUnrolled], flags.isSuperset(of: [.reversed, .returnsSequences, .zeroesMaskedOutputs]) {
            throw Refusal(layer, key: isUnrolled.name, .conflict(withKey: zeroesMaskedOutputs.name))
        }
        return flags
    }

    private static func stepMask(_ call: LayerCall, _ builder: borrowing ProgramBuilder) throws(Refusal) -> ValueID? {
        switch try call.input.mask {
        case nil: return nil
        case .value(let mask) where builder.shape(mask).rank == 2: return mask
        case .value, .perSample: throw call.refusal(.unsupportedMask)
        }
    }
}
