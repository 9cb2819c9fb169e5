import KerasFiles

@testable import Lowering

/// Refused values of further families of layers.
extension RefusalTests {
    static let order = Refused("data_format", "channels_middle", .unsupportedValue(allowed: ["channels_last", "channels_first"]))

    static let transposed: [Row] = (1...3).map { axes in
        Row(
            className: "Conv\(axes)DTranspose",
            required: ["filters": 4, "kernel_size": .array(Array(repeating: 3, count: axes))],
            refused: [
                order, .value("padding", "causal", "valid", "same"), .value("groups", 2, 1),
                .type("output_padding", -1, .tuple(count: axes, minimum: 0)),
                Refused("output_padding", 1, .conflict(withKey: "strides")),
            ])
    }

    static let images: [Row] =
        (1...3).flatMap { axes in
            ["AdaptiveMaxPooling\(axes)D", "AdaptiveAveragePooling\(axes)D"].map { className in
                Row(
                    className: className, required: ["output_size": .array(Array(repeating: 2, count: axes))],
                    refused: [order, .type("output_size", 0, .tuple(count: axes, minimum: 1))])
            }
        } + [
            Row(
                className: "Resizing", required: ["height": 3, "width": 4],
                refused: [
                    order, .type("height", 0, .integer(minimum: 1)), .value("fill_mode", "reflect", "constant"), .type("antialias", nil, .boolean),
                    .value("interpolation", "keras2>bilinear", "nearest", "bilinear", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"),
                ]),
            Row(className: "CenterCrop", required: ["height": 3, "width": 4], refused: [order, .type("width", 0, .integer(minimum: 1))]),
        ]
}
