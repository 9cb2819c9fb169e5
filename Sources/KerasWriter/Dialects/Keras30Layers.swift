import KerasFiles

/// What Keras 3.0 does not have of what Keras 3 has.
///
/// Facts: Keras 3.0.5.
enum Keras30Layers {
    static func hasClass(_ className: String) -> Bool { !laterClasses.contains(className) }

    static func hasKey(_ key: String, of className: String) -> Bool { laterKeys[key]?.contains(className) != true }

    private static let laterClasses = Set(
        """
        AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D \
        AdaptiveMaxPooling3D AugMix AutoContrast ContrastLimitedAdaptiveHistogramEqualization CutMix Equalization \
        MaxNumBoundingBoxes MelSpectrogram MixUp Pipeline RMSNormalization RandAugment RandomColorDegeneration RandomColorJitter \
        RandomElasticTransform RandomErasing RandomGaussianBlur RandomGrayscale RandomHue RandomInvert RandomPerspective \
        RandomPosterization RandomSaturation RandomSharpness RandomShear ReversibleEmbedding STFTSpectrogram Solarization
        """.split(separator: " ").map(String.init))

    private static let laterKeys: [String: Set<String>] = {
        let rows: [(keys: String, classes: String)] = [
            ("optional ragged", "InputLayer"),
            ("quantization_config lora_alpha", "Dense EinsumDense Embedding Conv1D Conv2D Conv3D"),
            ("lora_rank", "Conv1D Conv2D Conv3D"),
            ("gptq_unpacked_column_size", "EinsumDense"),
            ("renorm renorm_clipping renorm_momentum", "BatchNormalization"),
            ("use_gate sliding_window flash_attention seed", "MultiHeadAttention GroupQueryAttention"),
            ("use_cudnn", "LSTM GRU"),
            ("oov_method salt", "IntegerLookup StringLookup"),
            ("sparse", "CategoryEncoding"),
            ("data_format", "ZeroPadding1D RandomBrightness RandomContrast RandomFlip"),
            ("value_range", "RandomContrast"),
            ("antialias fill_mode fill_value pad_to_aspect_ratio", "Resizing"),
            ("bounding_box_format",
             "CenterCrop RandomBrightness RandomContrast RandomCrop RandomFlip RandomRotation RandomTranslation RandomZoom Resizing"),
        ]
        var table: [String: Set<String>] = [:]
        for (keys, classes) in rows {
            for key in keys.split(separator: " ") {
                table[String(key), default: []].formUnion(classes.split(separator: " ").map(String.init))
            }
        }
        return table
    }()
}
