import KerasFiles
import NNInference

/// ConvLSTM1D to ConvLSTM3D.
enum ConvolutionalRecurrentLayers {
    static let definitions = (1...3).map(definition)
    static let classNames = (1...3).map { "ConvLSTM\($0)D" }

    private static let filters = ConfigKey<Int>("filters", .integer(from: 1))
    private static let activation = ConfigKey<Activation>("activation", .elementwiseActivation, default: "tanh")

    private static func definition(axes: Int) -> LayerDefinition {
        let size = ConfigKey<[Int]>("kernel_size", .tuple(axes))
        let window = WindowKeys(axes: axes)
        let padding = ConfigKey<WindowPadding>("padding", .oneOf(["valid": .valid, "same": .same]), default: "valid")
        let keys: [KeyDeclaration] = [
            .used(filters), .used(size), .used(window.strides), .used(padding), .used(ChannelOrder.key), .used(window.dilation),
            .used(activation), .used(RecurrentCell.recurrentActivation), .used(ConvolutionLayers.useBias),
        ]
        return LayerDefinition(
            "ConvLSTM\(axes)D",
            keys: .commonWithActivityRegularizer + keys + StepKeys.declarations
                + .withoutEffect("unit_forget_bias", "dropout", "recurrent_dropout", "seed") + .training("kernel", "recurrent", "bias"),
            rules: [window.rule]
        ) { call, builder throws(Refusal) in
            try StepKeys.lower(call, &builder) { input, mask, flags, builder throws(Refusal) in
                try builder.require(rank: axes + 3, of: input)
                let order = try call[ChannelOrder.key]
                let steps = try stepsChannelsLast(input, from: order, &builder)
                // The inputs' share of the gates, for all steps together.
                let folded = try builder.append(.foldSteps(FoldSteps(input: steps)))
                let filters = try call[filters]
                let (columns, overflow) = filters.multipliedReportingOverflow(by: 4)
                guard !overflow else { throw call.refusal(.shape(.overflow)) }
                let kernel = try builder.weight(
                    "kernel", of: call.layer, shape: try call[size] + [builder.shape(folded)[axes + 1], columns], layout: .panels)
                let bias = try call[ConvolutionLayers.useBias] ? builder.weight("bias", of: call.layer, shape: [columns]) : nil
                let sums = try builder.append(
                    .convolution(
                        Convolution(
                            input: folded, kernel: kernel, padding: try call[padding], strides: try call[window.strides],
                            dilation: try call[window.dilation], epilogue: Epilogue(bias: bias))))
                let gates = try builder.append(.unfoldSteps(UnfoldSteps(input: sums, steps: steps)))
                let recurrentKernel = try builder.weight(
                    "recurrent_kernel", of: call.layer, shape: try call[size] + [filters, columns], layout: .panels)
                let output = try builder.append(
                    .convolutionalRecurrent(
                        ConvolutionalRecurrent(
                            input: gates, mask: mask, recurrentKernel: recurrentKernel, flags: flags, activation: try call[activation],
                            recurrentActivation: try call[RecurrentCell.recurrentActivation])))
                guard flags.contains(.returnsSequences) else { return try builder.channels(output, to: order) }
                return try stepsChannels(output, to: order, &builder)
            }
        }
    }

    /// `[batch, steps, channels, ...] -> [batch, steps, ..., channels]`
    private static func stepsChannelsLast(
        _ value: ValueID, from order: ChannelOrder, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> ValueID {
        guard order == .first else { return value }
        return try builder.append(.transposition(Transposition(input: value, order: [1] + Array(3..<builder.shape(value).rank) + [2])))
    }

    private static func stepsChannels(_ value: ValueID, to order: ChannelOrder, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        guard order == .first else { return value }
        let last = builder.shape(value).rank - 1
        return try builder.append(.transposition(Transposition(input: value, order: [1, last] + Array(2..<last))))
    }
}
