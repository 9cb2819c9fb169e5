import KerasFiles
import NNInference

/// DepthwiseConv1D and 2D, SeparableConv1D and 2D.
enum DepthwiseConvolutionLayers {
    static let definitions = [
        definition("DepthwiseConv1D", axes: 1, isSeparable: false), definition("DepthwiseConv2D", axes: 2, isSeparable: false),
        definition("SeparableConv1D", axes: 1, isSeparable: true), definition("SeparableConv2D", axes: 2, isSeparable: true),
    ]

    private static let filters = ConfigKey<Int>("filters", .integer(from: 1))
    private static let multiplier = ConfigKey<Int>("depth_multiplier", .integer(from: 1), default: 1)

    /// A separable layer is a depthwise one, followed by a convolution with windows of one element that mixes the channels. Bias and
    /// activation come at the end.
    private static func definition(_ className: String, axes: Int, isSeparable: Bool) -> LayerDefinition {
        let size = ConfigKey<[Int]>("kernel_size", .tuple(axes))
        let window = WindowKeys(axes: axes)
        let useBias = ConvolutionLayers.useBias
        let activation = ConvolutionLayers.activation
        return LayerDefinition(
            className,
            keys: .commonWithActivityRegularizer + [
                .used(size), .used(multiplier), .used(window.strides), .used(window.padding), .used(ChannelOrder.key),
                .used(window.dilation), .used(activation), .used(useBias), .only("groups", 1),
            ] + (isSeparable ? [.used(filters)] : []) + .training("kernel", "depthwise", "pointwise", "bias"),
            mask: .drops, rules: [window.rule]
        ) { call, builder throws(Refusal) in
            let order = try call[ChannelOrder.key]
            let multiplier = try call[multiplier]
            let activation = try call[activation]
            try builder.require(rank: axes + 2, of: call.input.value)

            let input = try builder.channelsLast(call.input.value, from: order)
            let channels = builder.shape(input)[axes + 1]
            guard channels > 0 else { throw call.refusal(.shape(.unknownDimension(axis: axes + 1))) }
            let (width, overflow) = channels.multipliedReportingOverflow(by: multiplier)
            guard !overflow else { throw call.refusal(.shape(.overflow)) }
            let kernel = try builder.weight(
                isSeparable ? "depthwise_kernel" : "kernel", of: call.layer, shape: try call[size] + [channels, multiplier])
            let outputs = isSeparable ? try call[filters] : width
            let bias = try call[useBias] ? builder.weight("bias", of: call.layer, shape: [outputs]) : nil
            let end = Epilogue(bias: bias, activation: activation.inEpilogue)

            var sums = try builder.append(
                .convolution(
                    Convolution(
                        input: input, kernel: kernel, padding: try call[window.padding], groups: channels,
                        strides: try call[window.strides], dilation: try call[window.dilation], epilogue: isSeparable ? Epilogue() : end)))
            if isSeparable {
                let ones = Array(repeating: 1, count: axes)
                let mixing = try builder.weight("pointwise_kernel", of: call.layer, shape: ones + [width, outputs], layout: .panels)
                sums = try builder.append(
                    .convolution(Convolution(input: sums, kernel: mixing, strides: ones, dilation: ones, epilogue: end)))
            }
            return try builder.apply(activation.afterEpilogue, to: try builder.channels(sums, to: order))
        }
    }
}
