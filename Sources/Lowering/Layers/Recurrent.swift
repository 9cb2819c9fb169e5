import KerasFiles
import NNInference

/// SimpleRNN, LSTM and GRU.
enum RecurrentLayers {
    static let definitions = cells.map(definition)

    /// What a wrapper needs to know of the layer inside.
    static let isStateful = ConfigKey<Bool>("stateful", .boolean, default: false)
    static let returnsSequences = ConfigKey<Bool>("return_sequences", .boolean, default: false)
    static let goesBackwards = ConfigKey<Bool>("go_backwards", .boolean, default: false)

    private static let units = ConfigKey<Int>("units", .integer(from: 1))
    private static let activation = ConfigKey<Activation>("activation", .elementwiseActivation, default: "tanh")
    private static let recurrentActivation = ConfigKey<Activation>("recurrent_activation", .elementwiseActivation, default: "sigmoid")
    private static let useBias = ConfigKey<Bool>("use_bias", .boolean, default: true)
    private static let zeroesMaskedOutputs = ConfigKey<Bool>("zero_output_for_mask", .boolean, default: false)
    /// Files of releases that did not have the option yet mean false.
    private static let resetAfter = ConfigKey<Bool>("reset_after", .boolean, default: false)

    private struct CellClass {
        var name: String
        /// Matrices side by side in the kernels.
        var gates: Int
        var keys: [KeyDeclaration]
    }

    private static let cells = [
        CellClass(name: "SimpleRNN", gates: 1, keys: []),
        CellClass(name: "LSTM", gates: 4, keys: [.used(recurrentActivation), .withoutEffect("unit_forget_bias")]),
        CellClass(name: "GRU", gates: 3, keys: [.used(recurrentActivation), .used(resetAfter)]),
    ]

    static let classNames = cells.map(\.name)

    private static let keys: [KeyDeclaration] = .commonWithActivityRegularizer + [
        .used(units), .used(activation), .used(useBias), .used(returnsSequences), .used(goesBackwards), .used(isStateful),
        .used(zeroesMaskedOutputs), .only("return_state", false), .only("time_major", false),
    ]

    private static let keysWithoutEffect: [KeyDeclaration] =
        .withoutEffect("dropout", "recurrent_dropout", "seed", "unroll", "implementation", "use_cudnn")
        + .training("kernel", "recurrent", "bias")

    private static func definition(_ cell: CellClass) -> LayerDefinition {
        LayerDefinition(cell.name, keys: keys + cell.keys + keysWithoutEffect) { call, builder throws(Refusal) in
            [try lower(call, &builder)]
        }
    }

    static func lower(_ call: LayerCall, _ builder: inout ProgramBuilder) throws(Refusal) -> MaskedValue {
        let layer = call.layer
        let input = try call.input
        try builder.require(rank: 3, of: input.value)
        let mask = try stepMask(call, builder)

        guard let cell = cells.first(where: { $0.name == layer.className }) else { throw call.refusal(.unknownClass) }
        let (columns, overflow) = try layer[units].multipliedReportingOverflow(by: cell.gates)
        guard !overflow else { throw call.refusal(.shape(.overflow)) }
        let kind = try kind(of: layer)
        let kernel = try builder.weight("kernel", of: layer, shape: [builder.shape(input.value)[2], columns], layout: .panels)
        let recurrentKernel = try builder.weight("recurrent_kernel", of: layer, shape: [try layer[units], columns], layout: .panels)
        let biasShape = kind == .gruResetAfter ? [2, columns] : [columns]
        let bias = try layer[useBias] ? builder.weight("bias", of: layer, shape: biasShape) : nil

        var flags: Recurrent.Flags = []
        if try layer[goesBackwards] { flags.insert(.reversed) }
        if try layer[returnsSequences] { flags.insert(.returnsSequences) }
        if try layer[isStateful] { flags.insert(.stateful) }
        if try layer[zeroesMaskedOutputs], mask != nil { flags.insert(.zeroesMaskedOutputs) }
        let output = try builder.append(
            .recurrent(
                Recurrent(
                    cell: kind, flags: flags, input: input.value, mask: mask, kernel: kernel, recurrentKernel: recurrentKernel, bias: bias,
                    activation: try layer[activation],
                    recurrentActivation: kind == .simple ? .linear : try layer[recurrentActivation])))
        // Keras hands the mask on as it is, also where the outputs come in reversed order.
        return MaskedValue(output, mask: try layer[returnsSequences] ? input.mask : nil)
    }

    private static func kind(of layer: KerasLayer) throws(Refusal) -> Recurrent.Cell {
        switch layer.className {
        case "LSTM": .lstm
        case "GRU": try layer[resetAfter] ? .gruResetAfter : .gru
        default: .simple
        }
    }

    private static func stepMask(_ call: LayerCall, _ builder: borrowing ProgramBuilder) throws(Refusal) -> ValueID? {
        switch try call.input.mask {
        case nil: return nil
        case .value(let mask) where builder.shape(mask).rank == 2: return mask
        case .value, .perSample: throw call.refusal(.unsupportedMask)
        }
    }
}
