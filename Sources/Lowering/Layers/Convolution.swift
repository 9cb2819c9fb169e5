import KerasFiles
import NNInference

/// Conv1D to Conv3D.
enum ConvolutionLayers {
    static let definitions = [definition("Conv1D", axes: 1), definition("Conv2D", axes: 2), definition("Conv3D", axes: 3)]

    private static let filters = ConfigKey<Int>("filters", .integer(from: 1))
    private static let groups = ConfigKey<Int>("groups", .integer(from: 1), default: 1)
    static let useBias = ConfigKey<Bool>("use_bias", .boolean, default: true)
    static let activation = ConfigKey<LayerActivation>("activation", .activation, default: .null)

    private static func definition(_ className: String, axes: Int) -> LayerDefinition {
        let size = ConfigKey<[Int]>("kernel_size", .tuple(axes))
        let window = WindowKeys(axes: axes)
        return LayerDefinition(
            className,
            keys: .commonWithActivityRegularizer + [
                .used(filters), .used(size), .used(window.strides), .used(window.padding), .used(ChannelOrder.key), .used(window.dilation),
                .used(groups), .used(activation), .used(useBias), .only("quantization_config", .null),
            ] + .adapter + .training("kernel", "bias"),
            mask: .drops,
            rules: [
                window.rule,
                LayerRule(filters.name, groups.name, is: .multipleOfSecond) { layer throws(Refusal) in
                    guard try layer[filters] % layer[groups] == 0 else {
                        throw Refusal(layer, key: groups.name, .conflict(withKey: filters.name))
                    }
                },
            ]
        ) { call, builder throws(Refusal) in
            let order = try call[ChannelOrder.key]
            let filters = try call[filters]
            let groups = try call[groups]
            let activation = try call[activation]
            try builder.require(rank: axes + 2, of: call.input.value)

            let input = try builder.channelsLast(call.input.value, from: order)
            let channels = builder.shape(input)[axes + 1]
            guard channels % groups == 0 || channels == Shape.unknown else {
                throw call.refusal(.shape(.dimension(axis: axes + 1, expected: groups, found: channels)), key: Self.groups.name)
            }
            let kernel = try builder.adapted(
                "kernel", of: call.layer, shape: try call[size] + [channels == Shape.unknown ? channels : channels / groups, filters],
                layout: groups == 1 ? .panels : .rowMajor)
            let bias = try call[useBias] ? builder.weight("bias", of: call.layer, shape: [filters]) : nil
            let sums = try builder.append(
                .convolution(
                    Convolution(
                        input: input, kernel: kernel, padding: try call[window.padding], groups: groups,
                        strides: try call[window.strides], dilation: try call[window.dilation],
                        epilogue: Epilogue(bias: bias, activation: activation.inEpilogue))))
            return try builder.apply(activation.afterEpilogue, to: try builder.channels(sums, to: order))
        }
    }
}
