import KerasFiles
import NNInference

/// Conv1DTranspose to Conv3DTranspose.
enum TransposedConvolutionLayers {
    static let definitions = (1...3).map { definition("Conv\($0)DTranspose", axes: $0) }

    private enum Padding { case valid, same }

    private static let filters = ConfigKey<Int>("filters", .integer(from: 1))
    private static let padding = ConfigKey<Padding>("padding", .oneOf(["valid": .valid, "same": .same]), default: "valid")

    private static func definition(_ className: String, axes: Int) -> LayerDefinition {
        let size = ConfigKey<[Int]>("kernel_size", .tuple(axes))
        let window = WindowKeys(axes: axes)
        let outputPadding = ConfigKey<[Int]?>("output_padding", .optional(.tuple(axes, from: 0)), default: .null)
        return LayerDefinition(
            className,
            keys: .commonWithActivityRegularizer + [
                .used(filters), .used(size), .used(window.strides), .used(padding), .used(outputPadding), .used(ChannelOrder.key),
                .used(window.dilation), .used(ConvolutionLayers.activation), .used(ConvolutionLayers.useBias), .only("groups", 1),
            ] + .training("kernel", "bias"),
            mask: .drops,
            rules: [
                window.rule,
                LayerRule(outputPadding.name, window.strides.name, is: .belowSecond) { layer throws(Refusal) in
                    guard let extra = try layer[outputPadding] else { return }
                    guard zip(extra, try layer[window.strides]).allSatisfy({ $0 < $1 }) else {
                        throw Refusal(layer, key: outputPadding.name, .conflict(withKey: window.strides.name))
                    }
                },
            ]
        ) { call, builder throws(Refusal) in
            let order = try call[ChannelOrder.key]
            let filters = try call[filters]
            let size = try call[size]
            let strides = try call[window.strides]
            let dilation = try call[window.dilation]
            let extra = try call[outputPadding]
            let activation = try call[ConvolutionLayers.activation]
            try builder.require(rank: axes + 2, of: call.input.value)

            let input = try builder.channelsLast(call.input.value, from: order)
            let kernel = try builder.weight("kernel", of: call.layer, shape: size + [filters, builder.shape(input)[axes + 1]])
            let bias = try call[ConvolutionLayers.useBias] ? builder.weight("bias", of: call.layer, shape: [filters]) : nil
            var ends: [Ends] = []
            for axis in 0..<axes {
                ends.append(
                    try self.ends(
                        size: size[axis], stride: strides[axis], dilation: dilation[axis], padding: try call[padding], extra: extra?[axis], call))
            }
            let sums = try builder.append(
                .transposedConvolution(
                    TransposedConvolution(
                        input: input, kernel: kernel, strides: strides, dilation: dilation, before: ends.map(\.before), after: ends.map(\.after),
                        epilogue: Epilogue(bias: bias, activation: activation.inEpilogue))))
            return try builder.apply(activation.afterEpilogue, to: try builder.channels(sums, to: order))
        }
    }

    /// What Keras cuts off at the ends of the full result, `(n - 1) * stride + extent` long. Without `output_padding` the result is
    /// `n * stride` long, with padding `valid` at least the full one. With it, it is longer than `(n - 1) * stride` by `extra`
    /// and the extent, of which padding `same` leaves 0 or 1.
    private static func ends(
        size: Int, stride: Int, dilation: Int, padding: Padding, extra: Int?, _ call: LayerCall
    ) throws(Refusal) -> Ends {
        let (gaps, overflow) = (size - 1).multipliedReportingOverflow(by: dilation)
        guard !overflow, gaps < Int(Int32.max) else { throw call.refusal(.shape(.overflow)) }
        let extent = gaps + 1
        let cut = switch (padding, extra) {
        case (.valid, nil): min(extent - stride, 0)
        case (.valid, let extra?): -extra
        case (.same, nil): extent - stride
        case (.same, let extra?): extent - extent % 2 - extra
        }
        let before = max(cut, 0) / 2
        return Ends(before: before, after: cut - before)
    }
}
