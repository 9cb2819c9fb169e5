import KerasFiles
import NNInference

/// MaxPooling and AveragePooling over windows or over the cells of a grid, 1D to 3D.
enum PoolingLayers {
    static let definitions = (1...3).flatMap { axes in
        [
            definition("MaxPooling\(axes)D", .maximum, axes: axes), definition("AveragePooling\(axes)D", .mean, axes: axes),
            adaptive("AdaptiveMaxPooling\(axes)D", .maximum, axes: axes), adaptive("AdaptiveAveragePooling\(axes)D", .mean, axes: axes),
        ]
    }

    private static func definition(_ className: String, _ function: Pooling.Function, axes: Int) -> LayerDefinition {
        let size = ConfigKey<[Int]>("pool_size", .tuple(axes), default: 2)
        let strides = ConfigKey<[Int]?>("strides", .optional(.tuple(axes)), default: .null)
        let padding = ConfigKey<WindowPadding>("padding", .oneOf(["valid": .valid, "same": .same]), default: "valid")
        return LayerDefinition(
            className,
            keys: .commonWithActivityRegularizer + [.used(size), .used(strides), .used(padding), .used(ChannelOrder.key)],
            mask: .drops
        ) { call, builder throws(Refusal) in
            let order = try call[ChannelOrder.key]
            let size = try call[size]
            try builder.require(rank: axes + 2, of: call.input.value)
            let input = try builder.channelsLast(call.input.value, from: order)
            let pooled = try builder.append(
                .pooling(
                    Pooling(
                        input: input, function: function, padding: try call[padding], window: size, strides: try call[strides] ?? size)))
            return try builder.channels(pooled, to: order)
        }
    }

    private static func adaptive(_ className: String, _ function: Pooling.Function, axes: Int) -> LayerDefinition {
        let cells = ConfigKey<[Int]>("output_size", .tuple(axes))
        return LayerDefinition(
            className, keys: .commonWithActivityRegularizer + [.used(cells), .used(ChannelOrder.key)], mask: .drops
        ) { call, builder throws(Refusal) in
            let order = try call[ChannelOrder.key]
            try builder.require(rank: axes + 2, of: call.input.value)
            let input = try builder.channelsLast(call.input.value, from: order)
            let pooled = try builder.append(.adaptivePooling(AdaptivePooling(input: input, function: function, cells: try call[cells])))
            return try builder.channels(pooled, to: order)
        }
    }
}
