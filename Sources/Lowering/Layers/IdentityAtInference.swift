import KerasFiles
import NNInference

/// Layers that do something in training only.
enum IdentityLayers {
    static let definitions = [
        definition("Dropout", "rate", "noise_shape", "seed"),
        definition("SpatialDropout1D", "rate", "noise_shape", "seed"),
        definition("SpatialDropout2D", "rate", "noise_shape", "seed", "data_format"),
        definition("SpatialDropout3D", "rate", "noise_shape", "seed", "data_format"),
        definition("AlphaDropout", "rate", "noise_shape", "seed"),
        definition("GaussianDropout", "rate", "seed"),
        definition("GaussianNoise", "stddev", "seed"),
        definition("ActivityRegularization", "l1", "l2"),
        definition("Identity"),
    ]

    private static func definition(_ className: String, _ keys: String...) -> LayerDefinition {
        LayerDefinition(
            className, keys: .commonWithActivityRegularizer + keys.map { KeyDeclaration.withoutEffect($0) }, mask: .passes,
            integers: .keptAsIntegers
        ) { call, _ throws(Refusal) in
            try call.input.value
        }
    }
}
