import KerasFiles
import NNInference
import Testing

@testable import Lowering

/// What cannot be computed exactly as Keras does is refused, by layer, key and value.
@Suite struct RefusalTests {
    /// A class, the keys that it must have, and values of keys that it refuses.
    struct Row: CustomTestStringConvertible, Sendable {
        var className: String
        var required: JSONObject = [:]
        var refused: [Refused]

        var testDescription: String { className }
    }

    struct Refused: Sendable {
        var key: String
        var value: JSON
        var reason: Refusal.Reason

        init(_ key: String, _ value: JSON, _ reason: Refusal.Reason) {
            self.key = key
            self.value = value
            self.reason = reason
        }

        static func value(_ key: String, _ value: JSON, _ allowed: JSON...) -> Refused {
            Refused(key, value, .unsupportedValue(allowed: allowed))
        }

        static func type(_ key: String, _ value: JSON, _ expected: ValueKind) -> Refused {
            Refused(key, value, .wrongType(expected: expected))
        }

        static let complex = Refused("dtype", "complex64", .numberType)
        static let mixed = Refused(
            "dtype", ["class_name": "DTypePolicy", "config": ["name": "mixed_int8"]], .numberType)
        static let quantized = Refused(
            "dtype", ["class_name": "QuantizedDTypePolicy", "config": ["mode": "int8", "source_name": "float32"]], .numberType)
    }

    static let rows: [Row] = core + activations + windows + transposed + images + shapes + normalizations + recurrent + preprocessing + products + locals
        + convolutionLSTMs + cells + hardware + augmentations

    private static let core = [
        Row(
            className: "InputLayer", required: ["batch_shape": [nil, 4]],
            refused: [
                .value("sparse", true, false), .value("ragged", true, false), .value("optional", true, false),
                Refused("dtype", "complex64", .numberType), .mixed,
                .type("batch_shape", [nil, -4], .batchShape),
            ]),
        Row(className: "Sequential", refused: [.mixed, .type("build_input_shape", 4, .batchShape)]),
        Row(
            className: "Dense", required: ["units": 3],
            refused: [
                .type("units", 0, .integer(minimum: 1)), .type("units", 2.5, .integer(minimum: 1)), .type("use_bias", 1, .boolean),
                .type("lora_rank", 0, .integer(minimum: 1)), .type("quantization_config", ["mode": "int8"], .quantization),
                Refused("quantization_config", ["class_name": "Int8QuantizationConfig", "config": [:]], .conflict(withKey: "dtype")),
                Refused("dtype", ["class_name": "Int4DTypePolicy", "config": ["mode": "int4", "source_name": "float32"]], .numberType),
                Refused("dtype", "int3_from_float32", .numberType), .complex, .mixed,
                Refused("activation", "<lambda>", .containsCode), Refused("activation", ["value": ["4wEA", nil, nil]], .containsCode),
                Refused("activation", "sparsemax", .defectiveInKeras),
                Refused("activation", "threshold", .unsupportedValue(allowed: ActivationNames.sorted)),
                Refused("activation", "wobble", .unsupportedValue(allowed: ActivationNames.sorted)),
                Refused(
                    "activation", ["module": "builtins", "class_name": "function", "config": "mine>wobble", "registered_name": "function"],
                    .unsupportedValue(allowed: ActivationNames.sorted)),
                Refused("activation", 3, .wrongType(expected: .activation)),
            ]),
        Row(className: "Highway", refused: [.type("use_bias", 1, .boolean), Refused("activation", "sparsemax", .defectiveInKeras)]),
        Row(
            className: "Embedding", required: ["input_dim": 9, "output_dim": 4],
            refused: [
                .type("lora_rank", "2", .integer(minimum: 1)), .type("mask_zero", "yes", .boolean), Refused("dtype", "int64", .numberType),
                Refused("dtype", "float8_from_float32", .numberType),
            ]),
        Row(className: "Masking", refused: [.type("mask_value", "0", .number)]),
        Row(className: "Dropout", refused: [.complex]),
        Row(className: "SpatialDropout1D", refused: [.complex]),
        Row(className: "SpatialDropout2D", refused: [.complex]),
        Row(className: "SpatialDropout3D", refused: [.complex]),
        Row(className: "AlphaDropout", refused: [.complex]),
        Row(className: "GaussianDropout", refused: [.complex]),
        Row(className: "GaussianNoise", refused: [.complex]),
        Row(className: "ActivityRegularization", refused: [.complex]),
        Row(className: "Identity", refused: [.complex]),
    ]

    private static let activations = [
        Row(
            className: "Activation", required: ["activation": "relu"],
            refused: [Refused("activation", "sparsemax", .defectiveInKeras), .quantized]),
        Row(
            className: "ReLU",
            refused: [.type("max_value", "6", .number), .type("negative_slope", nil, .number), .type("threshold", [], .number)]),
        Row(className: "LeakyReLU", refused: [.type("negative_slope", "0.3", .number)]),
        Row(className: "ELU", refused: [.type("alpha", nil, .number)]),
        Row(className: "ThresholdedReLU", refused: [.type("theta", true, .number)]),
        Row(className: "Softmax", refused: [.type("axis", "last", .axes)]),
        Row(className: "PReLU", refused: [.type("shared_axes", ["a"], .axes)]),
    ]

    private static let windows: [Row] = {
        let valid: [JSON] = ["valid", "same"]
        let causal: [JSON] = ["valid", "same", "causal"]
        let interpolations: [JSON] = [
            "nearest", "bilinear", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic", "keras2>bilinear",
        ]
        var rows: [Row] = []
        for axes in 1...3 {
            let size = JSON.array(Array(repeating: 3, count: axes))
            let order = Refused("data_format", "channels_middle", .unsupportedValue(allowed: ["channels_last", "channels_first"]))
            rows += [
                Row(
                    className: "Conv\(axes)D", required: ["filters": 4, "kernel_size": size],
                    refused: [
                        order, Refused("padding", "full", .unsupportedValue(allowed: axes == 1 ? causal : valid)),
                        .type("strides", 0, .tuple(count: axes, minimum: 1)), .type("kernel_size", [3, 3, 3, 3], .tuple(count: axes, minimum: 1)),
                        Refused("groups", 3, .conflict(withKey: "filters")), .type("lora_rank", 0, .integer(minimum: 1)),
                    ]),
                Row(className: "MaxPooling\(axes)D", refused: [order, Refused("padding", "causal", .unsupportedValue(allowed: valid))]),
                Row(className: "AveragePooling\(axes)D", refused: [order, .type("pool_size", 0, .tuple(count: axes, minimum: 1))]),
                Row(className: "GlobalMaxPooling\(axes)D", refused: [order, .type("keepdims", nil, .boolean)]),
                Row(className: "GlobalAveragePooling\(axes)D", refused: [order]),
                Row(className: "ZeroPadding\(axes)D", refused: [.type("padding", -1, .pairs(count: axes))]),
                Row(className: "Cropping\(axes)D", refused: [.type("cropping", [1, 2, 3, 4], .pairs(count: axes))]),
                Row(
                    className: "UpSampling\(axes)D",
                    refused: [.type("size", [], .tuple(count: axes, minimum: 1))]
                        + (axes == 2 ? [Refused("interpolation", "cubic", .unsupportedValue(allowed: interpolations))] : [])),
            ]
            guard axes < 3 else { continue }
            rows += [
                Row(
                    className: "DepthwiseConv\(axes)D", required: ["kernel_size": size],
                    refused: [order, .value("groups", 2, 1), .type("depth_multiplier", 0, .integer(minimum: 1))]),
                Row(
                    className: "SeparableConv\(axes)D", required: ["kernel_size": size, "filters": 4],
                    refused: [order, Refused("activation", "maxout", .unsupportedValue(allowed: ActivationNames.sorted))]),
            ]
        }
        return rows
    }()

    private static let shapes = [
        Row(className: "Flatten", refused: [.value("data_format", "NHWC", "channels_last", "channels_first")]),
        Row(
            className: "Reshape", required: ["target_shape": [2, 3]],
            refused: [.type("target_shape", [-1, -1], .shape), .type("target_shape", 6, .shape), .type("target_shape", [2, -3], .shape)]),
        Row(className: "Permute", required: ["dims": [2, 1]], refused: [.value("dims", [2, 2]), .type("dims", [0, 1], .shape)]),
        Row(className: "RepeatVector", required: ["n": 2], refused: [.type("n", 0, .integer(minimum: 1))]),
    ]

    private static let normalizations = [
        Row(
            className: "BatchNormalization",
            refused: [
                .type("renorm", nil, .boolean), .value("virtual_batch_size", 8, nil), .value("axis", [1, 2]), .type("epsilon", "0.1", .number),
            ]),
        Row(className: "LayerNormalization", refused: [.type("axis", nil, .axes), .type("rms_scaling", 0, .boolean)]),
        Row(className: "GroupNormalization", refused: [.value("groups", 0), .value("axis", [1, 2]), .type("groups", -2, .integer(minimum: -1))]),
        Row(className: "UnitNormalization", refused: [.type("axis", "x", .axes)]),
        Row(className: "RMSNormalization", refused: [.type("epsilon", nil, .number)]),
        Row(
            className: "Normalization",
            refused: [Refused("mean", [1, 2], .conflict(withKey: "variance")), .type("mean", [1, [2]], .numbers), .type("invert", nil, .boolean)]),
        Row(className: "Rescaling", required: ["scale": 2], refused: [.type("scale", "2", .numbers), .type("offset", nil, .numbers)]),
    ]

    private static let recurrent: [Row] =
        ["SimpleRNN", "LSTM", "GRU"].map { className in
            Row(
                className: className, required: ["units": 3],
                refused: [
                    .value("return_state", true, false), .value("time_major", true, false),
                    Refused("activation", "softmax", .unsupportedValue(allowed: ActivationNames.sortedElementwise)),
                    .type("stateful", nil, .boolean), .mixed,
                ]
                    + (className == "SimpleRNN"
                        ? []
                        : [Refused("recurrent_activation", "glu", .unsupportedValue(allowed: ActivationNames.sortedElementwise))]))
        } + [
            Row(
                className: "Bidirectional",
                refused: [.value("merge_mode", "min", "concat", "sum", "mul", "ave"), Refused("merge_mode", nil, .severalOutputs(2))]),
            Row(className: "TimeDistributed", refused: [.complex]),
        ]

    /// A layer with its required keys and one more, and what a wrapper needs inside.
    private func layer(_ row: Row, _ key: String? = nil, _ value: JSON = nil) throws -> KerasLayer {
        var config = row.required
        if let key { config[key] = value }
        var children: [KerasLayer] = []
        switch row.className {
        case "TimeDistributed", "SpectralNormalization": children = [try .layer("Dense", "inner", place: .wrapped, ["units": 2])]
        case "Pipeline": children = [try .layer("Dense", "inner", ["units": 2])]
        case "RNN": children = [try .layer("LSTMCell", "cell", place: .cell, ["units": 2])]
        case "StackedRNNCells": children = [try .layer("GRUCell", "cell", place: .cell, ["units": 2])]
        case "Bidirectional":
            children = [
                try .layer("LSTM", "forward", place: .forward, ["units": 2]),
                try .layer("LSTM", "backward", place: .backward, ["units": 2, "go_backwards": true]),
            ]
        default: break
        }
        return try .layer(row.className, "layer", children: children, config)
    }

    @Test func everyClassHasARow() {
        #expect(Set(Self.rows.map(\.className)) == Set(LayerTable.definitions.map(\.className)))
        #expect(Self.rows.count == LayerTable.definitions.count)
        for row in Self.rows { #expect(!row.refused.isEmpty) }
    }

    @Test(arguments: rows) func acceptsWhatIsRequired(_ row: Row) throws {
        #expect(Validation.refusals(of: try layer(row)) == [])
        for key in row.required.keys {
            var incomplete = try layer(row)
            incomplete.config[key] = nil
            let expected = Refusal(path: "layer", className: row.className, key: key, reason: .missingKey)
            #expect(Validation.refusals(of: incomplete) == [expected])
        }
    }

    @Test(arguments: rows) func refusesKeysItDoesNotKnow(_ row: Row) throws {
        let found = Validation.refusals(of: try layer(row, "frobnication", [1, nil]))
        #expect(found == [Refusal(path: "layer", className: row.className, key: "frobnication", value: [1, nil], reason: .undeclaredKey)])
    }

    @Test(arguments: rows) func refusesValues(_ row: Row) throws {
        for refused in row.refused {
            let found = Validation.refusals(of: try layer(row, refused.key, refused.value))
            #expect(found == [Refusal(path: "layer", className: row.className, key: refused.key, value: refused.value, reason: refused.reason)])
        }
    }

    /// Every declared key is used by a lowering, and no key is declared twice.
    @Test func keysAreDeclaredOnce() {
        for definition in LayerTable.definitions {
            #expect(Set(definition.keys.map(\.name)).count == definition.keys.count, "\(definition.className)")
        }
    }
}
