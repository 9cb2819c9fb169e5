import KerasFiles

@testable import Lowering

/// Refused values of products, locally connected and convolutional recurrent layers, cells, and what changes images.
extension RefusalTests {
    static let products = [
        Row(
            className: "EinsumDense", required: ["equation": "abc,cd->abd", "output_shape": [nil, 4]],
            refused: [
                .type("equation", 3, .equation), .value("equation", "ab,bc"), .value("equation", "abc,cd->acd"), .value("equation", "ab,bc->ca"),
                .value("equation", "abb,bc->ac"), .value("equation", "abc,cd->ad"), .value("equation", "abc,ad->abcd"),
                .value("equation", "...ab,bc->ac"), .type("output_shape", [0], .partialShape), .type("bias_axes", 1, .labels),
                Refused("bias_axes", "a", .conflict(withKey: "equation")), Refused("bias_axes", "c", .conflict(withKey: "equation")),
                .type("lora_rank", 0, .integer(minimum: 1)), .type("quantization_config", ["mode": "int8"], .quantization), .complex,
            ]),
        Row(
            className: "ReversibleEmbedding", required: ["input_dim": 5, "output_dim": 3],
            refused: [.type("input_dim", 0, .integer(minimum: 1)), .type("lora_rank", 0, .integer(minimum: 1))]),
        Row(className: "SpectralNormalization", refused: [.complex]),
        Row(className: "Pipeline", refused: [Refused("steps", 3, .undeclaredKey)]),
        Row(className: "AutoContrast", refused: [.type("value_range", [1], .range), .type("value_range", 255, .range)]),
        Row(
            className: "RandomCrop", required: ["height": 3, "width": 4],
            refused: [order, .type("height", 0, .integer(minimum: 1))]),
    ]

    static let locals: [Row] = (1...2).map { axes in
        Row(
            className: "LocallyConnected\(axes)D", required: ["filters": 4, "kernel_size": .array(Array(repeating: 3, count: axes))],
            refused: [
                order, .value("padding", "causal", "valid", "same"), Refused("padding", "same", .conflict(withKey: "implementation")),
                .value("implementation", 4, 1, 2, 3), .type("implementation", "1", .choice([1, 2, 3])),
                .type("strides", 0, .tuple(count: axes, minimum: 1)),
            ])
    }

    private static let steps: [Refused] = [
        .value("return_state", true, false), .value("time_major", true, false), .type("stateful", nil, .boolean),
    ]

    static let convolutionLSTMs: [Row] = (1...3).map { axes in
        Row(
            className: "ConvLSTM\(axes)D", required: ["filters": 4, "kernel_size": .array(Array(repeating: 3, count: axes))],
            refused: steps + [
                order, .value("padding", "causal", "valid", "same"),
                Refused("activation", "softmax", .unsupportedValue(allowed: ActivationNames.sortedElementwise)),
                Refused("recurrent_activation", "glu", .unsupportedValue(allowed: ActivationNames.sortedElementwise)),
                .type("dilation_rate", 0, .tuple(count: axes, minimum: 1)),
            ])
    }

    static let cells: [Row] = [Row(className: "RNN", refused: steps), Row(className: "StackedRNNCells", refused: [.complex])]
        + ["SimpleRNNCell", "LSTMCell", "GRUCell"].map { className in
            Row(
                className: className, required: ["units": 3],
                refused: [
                    .type("units", 0, .integer(minimum: 1)),
                    Refused("activation", "softmax", .unsupportedValue(allowed: ActivationNames.sortedElementwise)),
                ])
        }

    static let hardware: [Row] = ["CuDNNGRU", "CuDNNLSTM"].map { Row(className: $0, required: ["units": 3], refused: steps) }

    static let augmentations: [Row] = AugmentationLayers.definitions.map { Row(className: $0.className, refused: [.complex]) }
}
