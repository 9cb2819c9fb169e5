import KerasFiles
import NNInference

/// GlobalMaxPooling and GlobalAveragePooling, 1D to 3D.
enum GlobalPoolingLayers {
    static let definitions = (1...3).flatMap { axes in
        [
            definition("GlobalMaxPooling\(axes)D", .maximum, axes: axes),
            definition("GlobalAveragePooling\(axes)D", .mean, axes: axes),
        ]
    }

    private static let keepsAxes = ConfigKey<Bool>("keepdims", .boolean, default: false)

    private static func definition(_ className: String, _ function: Pooling.Function, axes: Int) -> LayerDefinition {
        LayerDefinition(
            className, keys: .commonWithActivityRegularizer + [.used(ChannelOrder.key), .used(keepsAxes)], mask: .drops
        ) { call, builder throws(Refusal) in
            let order = try call[ChannelOrder.key]
            let input = try call.input
            try builder.require(rank: axes + 2, of: input.value)
            var mask: ValueID?
            // The only one of them that knows masks, and it takes the steps for the axis after the batch.
            if axes == 1, function == .mean, let given = input.mask {
                guard case .value(let value) = given, order == .last, builder.shape(value).rank == 2 else {
                    throw call.refusal(.unsupportedMask)
                }
                mask = value
            }
            return try builder.append(
                .reduction(
                    Reduction(
                        input: input.value, mask: mask, function: function, axes: AxisSet(order.spatialAxes(rank: axes + 2)),
                        flags: try call[keepsAxes] ? .keepsAxes : [])))
        }
    }
}
