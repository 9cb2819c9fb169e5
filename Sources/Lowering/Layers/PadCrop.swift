import KerasFiles
import NNInference

/// ZeroPadding, Cropping and UpSampling, 1D to 3D.
enum PadCropLayers {
    static let definitions = (1...3).flatMap { axes in [zeroPadding(axes), cropping(axes), upSampling(axes)] }

    /// Only ZeroPadding has an order of channels along one axis too.
    private static func order(_ axes: Int) -> [KeyDeclaration] { axes == 1 ? [] : [.used(ChannelOrder.key)] }

    private static func zeroPadding(_ axes: Int) -> LayerDefinition {
        let padding = ConfigKey<[Ends]>("padding", .pairs(axes), default: 1)
        return LayerDefinition(
            "ZeroPadding\(axes)D", keys: .commonWithActivityRegularizer + [.used(padding), .used(ChannelOrder.key)], mask: .drops
        ) { call, builder throws(Refusal) in
            let input = try call.input.value
            try builder.require(rank: axes + 2, of: input)
            let ends = try allAxes(call[padding], call[ChannelOrder.key])
            return try builder.append(.padding(Padding(input: input, before: ends.map(\.before), after: ends.map(\.after))))
        }
    }

    private static func cropping(_ axes: Int) -> LayerDefinition {
        // Cropping2D alone takes nothing away unless it is told to.
        let cropping = ConfigKey<[Ends]>("cropping", .pairs(axes), default: axes == 2 ? 0 : 1)
        return LayerDefinition(
            "Cropping\(axes)D", keys: .commonWithActivityRegularizer + [.used(cropping)] + order(axes), mask: .drops
        ) { call, builder throws(Refusal) in
            let input = try call.input.value
            try builder.require(rank: axes + 2, of: input)
            let ends = try allAxes(call[cropping], call[ChannelOrder.key])
            return try builder.append(.cropping(Cropping(input: input, before: ends.map(\.before), after: ends.map(\.after))))
        }
    }

    private static func upSampling(_ axes: Int) -> LayerDefinition {
        let size = ConfigKey<[Int]>("size", .tuple(axes), default: 2)
        let extra: [KeyDeclaration] = axes == 2 ? [.used(ImageLayers.upSamplingInterpolation)] : []
        return LayerDefinition(
            "UpSampling\(axes)D", keys: .commonWithActivityRegularizer + [.used(size)] + order(axes) + extra, mask: .drops
        ) { call, builder throws(Refusal) in
            var value = try call.input.value
            try builder.require(rank: axes + 2, of: value)
            let spatial = try call[ChannelOrder.key].spatialAxes(rank: axes + 2)
            let factors = Array(zip(spatial, try call[size]))
            let rule = axes == 2 ? try call[ImageLayers.upSamplingInterpolation] : .nearest
            if rule != .nearest {
                let axes = factors.map { (axis: $0, size: $1, isSame: $1 == 1) }
                return try builder.resample(value, axes, rule, flags: .isFactor)
            }
            for (axis, count) in factors where count > 1 {
                value = try builder.append(.repetition(Repetition(input: value, axis: axis, count: count)))
            }
            return value
        }
    }

    /// What happens at the ends of every axis after the batch: nothing along the channels.
    private static func allAxes(_ spatial: [Ends], _ order: ChannelOrder) -> [Ends] {
        let channels = [Ends(before: 0, after: 0)]
        return order == .last ? spatial + channels : channels + spatial
    }
}
