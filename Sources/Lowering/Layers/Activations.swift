import KerasFiles
import NNInference

/// Activation and the layers that are activation functions; they may also stand under another layer's `activation` key.
enum ActivationLayers {
    /// A layer class that is an activation function.
    private struct Entry {
        var className: String
        var keys: [KeyDeclaration]
        /// Keras adds a mask to the logits of a softmax, which fails for the masks that other layers make.
        var usesMask = false
        var activation: @Sendable (KerasLayer) throws(Refusal) -> LayerActivation
    }

    static let definitions = entries.map(definition) + [prelu]

    /// What a layer of one of these classes computes when it stands as an activation.
    static let table = Dictionary(uniqueKeysWithValues: entries.map { ($0.className, $0.activation) })

    /// The layers that can stand as an activation, and those of them that look at single elements.
    static let classNames = entries.map(\.className) + ["PReLU"]
    static let elementwiseClassNames = entries.filter { !$0.usesMask }.map(\.className)

    private static let activation = ConfigKey<LayerActivation>("activation", .activation)
    private static let maxValue = ConfigKey<Float?>("max_value", .optional(.number), default: .null)
    private static let slope = ConfigKey<Float>("negative_slope", .number, default: 0)
    private static let leakySlope = ConfigKey<Float>("negative_slope", .number, default: 0.3)
    private static let threshold = ConfigKey<Float>("threshold", .number, default: 0)
    private static let alpha = ConfigKey<Float>("alpha", .number, default: 1)
    private static let theta = ConfigKey<Float>("theta", .number, default: 1)
    private static let axis = ConfigKey<[Int]>("axis", .axes, default: -1)

    private static let entries = [
        Entry(className: "Activation", keys: [.used(activation)]) { layer throws(Refusal) in try layer[activation] },
        Entry(className: "ReLU", keys: [.used(maxValue), .used(slope), .used(threshold)]) { layer throws(Refusal) in
            .elementwise(.relu(maxValue: try layer[maxValue], negativeSlope: try layer[slope], threshold: try layer[threshold]))
        },
        Entry(className: "LeakyReLU", keys: [.used(leakySlope)]) { layer throws(Refusal) in
            .elementwise(.leakyRelu(try layer[leakySlope]))
        },
        Entry(className: "ELU", keys: [.used(alpha)]) { layer throws(Refusal) in .elementwise(.elu(alpha: try layer[alpha])) },
        Entry(className: "ThresholdedReLU", keys: [.used(theta)]) { layer throws(Refusal) in
            .elementwise(.threshold(try layer[theta], value: 0))
        },
        Entry(className: "Softmax", keys: [.used(axis)], usesMask: true) { layer throws(Refusal) in
            .softmax(axes: try layer[axis], logarithm: false)
        },
    ]

    private static func definition(_ entry: Entry) -> LayerDefinition {
        LayerDefinition(entry.className, keys: .commonWithActivityRegularizer + entry.keys, mask: .passes) { call, builder throws(Refusal) in
            let input = try call.input
            if entry.usesMask, input.mask != nil { throw call.refusal(.unsupportedMask) }
            return try builder.apply(try entry.activation(call.layer), to: input.value)
        }
    }

    // MARK: PReLU

    private static let sharedAxes = ConfigKey<[Int]?>("shared_axes", .optional(.axes), default: .null)

    private static let prelu = LayerDefinition(
        "PReLU", keys: .commonWithActivityRegularizer + [.used(sharedAxes)] + .training("alpha"), mask: .passes
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        var shape = builder.shape(input)
        // Keras numbers the axes from 1 and counts backwards from there: -1 is the last but one.
        for axis in try call[sharedAxes] ?? [] {
            let place = axis < 1 ? axis - 1 + shape.rank : axis
            guard (1..<shape.rank).contains(place) else { throw call.refusal(.shape(.rank(expected: shape.rank, found: axis)), key: sharedAxes.name) }
            shape[place] = 1
        }
        let alpha = try builder.weight("alpha", of: call.layer, shape: Array(shape.dimensions.dropFirst()))
        return try builder.append(.prelu(PReLU(input: input, alpha: alpha)))
    }
}
