import KerasFiles
import KerasWriter
import Testing

/// The fixtures that say what another Keras has no words for, and all of it as `layer key: reason`.
enum Unwritable {
    private static func reasons(_ name: String, _ dialect: KerasDialect) -> [String]? {
        switch dialect {
        case .keras3, .asWritten: nil
        case .keras30: laterThanKeras30[name] ?? graphsOfKeras30(name) ?? later[name]
        case .keras2: standalone[name] ?? masksOfKeras3[name] ?? later[name] ?? laterThanKeras2[name] ?? operations(name) ?? vocabulary(name)
        }
    }

    /// Functions between layers: Keras 2 has them by the names of TensorFlow, which are not written.
    private static func operations(_ name: String) -> [String]? {
        guard name.hasSuffix("/functional_functions") else { return nil }
        let ofTensorFlow = [
            "math.multiply", "__operators__.add", "nn.relu", "math.subtract", "__operators__.getitem", "__operators__.getitem_1", "concat",
            "math.subtract_1", "reshape", "math.truediv", "math.reduce_mean",
        ]
        let ofKeras = [
            "multiply", "add", "relu", "subtract", "get_item", "get_item_1", "concatenate", "subtract_1", "reshape", "true_divide", "mean",
        ]
        let isKeras3 = !name.contains("tfkeras")
        let model = isKeras3 ? (name.contains("3.0.5") ? "functional_1" : "functional") : "model"
        return (isKeras3 ? ofKeras : ofTensorFlow.map { "tf." + $0 }).map { "\(model)/\($0): noSuchClass" }
    }

    /// What Keras 3.0.5 itself does not read of what it writes: slices, and a layer that is called with what is made of its own results.
    private static func graphsOfKeras30(_ name: String) -> [String]? {
        let isKeras3 = !name.contains("tfkeras")
        if name.hasSuffix("/functional_functions") {
            let model = isKeras3 ? (name.contains("3.0.5") ? "functional_1" : "functional") : "model"
            let slice = isKeras3 ? "get_item" : "tf.__operators__.getitem"
            return [slice, slice + "_1"].map { "\(model)/\($0): noSuchClass" }
        }
        guard name.hasSuffix("/functional_nested") else { return nil }
        let models = ["keras-2.": "model_2", "tfkeras-": "model_1", "keras-3.15.1": "functional_3", "keras-3.0.5": "functional_5"]
        let writer = name.split(separator: "/").dropLast().last ?? ""
        return models.first { writer.hasPrefix($0.key) }.map { ["\($0.value)/line: callOrder"] }
    }

    private static let laterThanKeras30 = [
        "keras-3.15.1/dense_activation_layer": ["sequential/dense activation: noSuchValue"],
        "keras-3.15.1/normalization_repeated": ["sequential/normalization mean: noSuchValue"],
    ]

    /// Vocabularies that a layer has learned and keeps in files of their own, which Keras 2 does not have.
    private static func vocabulary(_ name: String) -> [String]? {
        guard name.hasPrefix("texts/") else { return nil }
        let layers = ["identifiers": "integer_lookup", "sentiment": "text_vectorization", "tags": "string_lookup"]
        return name.split(separator: "/").last.flatMap { layers[String($0)] }.map { ["sequential/\($0) vocabulary_size: noSuchKey"] }
    }

    /// What Keras up to 2.3.1 does otherwise than everyone after it.
    private static let standalone: [String: [String]] = [
        // Later releases put zeros out at masked steps.
        "keras-2.0.2/bidirectional_mask": ["sequential/bidirectional_1: maskedOutput"],
        "keras-2.0.2/masked_bidirectional": ["sequential/bidirectional_1: maskedOutput"],
        "keras-2.1.6/bidirectional_mask": ["sequential/bidirectional_1: maskedOutput"],
        "keras-2.1.6/masked_bidirectional": ["sequential/bidirectional_1: maskedOutput"],
        "keras-2.2.4/bidirectional_mask": ["sequential_1/bidirectional_1: maskedOutput"],
        "keras-2.2.4/masked_bidirectional": ["sequential_1/bidirectional_1: maskedOutput"],
        "keras-2.3.1/bidirectional_mask": ["sequential_1/bidirectional_1: maskedOutput"],
        "keras-2.3.1/masked_bidirectional": ["sequential_1/bidirectional_1: maskedOutput"],
        // Between pixels that lie otherwise than everywhere else.
        "keras-2.3.1/up_sampling2d_bilinear": ["sequential_1/up_sampling2d_1 interpolation: noSuchValue"],
    ]

    /// Keras 2 ends the mask.
    private static let masksOfKeras3: [String: [String]] = [
        "keras-3.15.1/masking_identity": ["sequential/identity: maskedOutput"],
        "keras-3.15.1/masking_normalization": ["sequential/normalization: maskedOutput"],
        "keras-3.15.1/masking_rescaling": ["sequential/rescaling: maskedOutput"],
    ]

    /// What Keras 3 has had since 3.6 or later.
    private static let later: [String: [String]] = {
        var later = [
            "keras-3.15.1/rms_normalization": ["sequential/rms_normalization: noSuchClass"],
            "keras-3.15.1/rms_normalization_axes": ["sequential/rms_normalization: noSuchClass"],
        ]
        for name in [
            "glu", "hard_shrink", "hard_tanh", "log_sigmoid", "soft_shrink", "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus",
            "tanh_shrink",
        ] {
            later["keras-3.15.1/activation_" + name] = activation
        }
        return later
    }()

    private static let laterThanKeras2: [String: [String]] = [
        "keras-3.15.1/activation_hard_silu": activation, "keras-3.15.1/activation_hard_swish": activation,
        "keras-3.15.1/layer_normalization_rms": ["sequential/layer_normalization rms_scaling: noSuchKey"],
    ]

    private static let activation = ["sequential/dense activation: noSuchValue", "sequential/activation activation: noSuchValue"]

    /// A writer; nil where the model is refused, as expected.
    static func writer(_ model: KerasModel, as format: KerasFormat, dialect: KerasDialect, of name: String) throws -> KerasWriter? {
        let expected = reasons(name, dialect)
        do throws(KerasWriterError) {
            let writer = try KerasWriter(model, as: format, dialect: dialect)
            #expect(expected == nil, "\(name) is refused no more")
            return writer
        } catch {
            guard case .cannotBeExpressed(let problems) = error else { throw error }
            let found = problems.map { $0.layerPath + ($0.key.map { " " + $0 } ?? "") + ": " + $0.reason.rawValue }
            #expect(found == expected, "\(name)")
            return nil
        }
    }
}
