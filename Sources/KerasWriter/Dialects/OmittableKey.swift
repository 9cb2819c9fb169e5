import KerasFiles

/// A key that may be left out because of what it says: a Keras that does not know it does the same.
struct OmittableKey: Sendable {
    /// Nil for every class.
    let classes: Set<String>?
    let key: String
    let condition: Condition

    enum Condition: Sendable {
        /// Whatever the value is, predictions are the same.
        case always
        case values([JSON])
    }

    private init(_ key: String, of classes: String? = nil, _ condition: Condition) {
        self.key = key
        self.classes = classes.map { Set($0.split(separator: " ").map(String.init)) }
        self.condition = condition
    }

    static func holds(_ key: String, _ value: JSON, of className: String) -> Bool {
        (table[key] ?? []).contains { row in
            guard row.classes?.contains(className) ?? true else { return false }
            switch row.condition {
            case .always: return true
            case .values(let values): return values.contains(value)
            }
        }
    }

    private static let table = Dictionary(grouping: rows, by: \.key)

    private static let rows: [OmittableKey] = [
        // How the same numbers are computed.
        OmittableKey("flash_attention", .always),
        OmittableKey("use_cudnn", .always),
        // What training does.
        OmittableKey("synchronized", .always),
        OmittableKey("renorm_clipping", .always),
        OmittableKey("renorm_momentum", .always),
        OmittableKey("renorm", .values([false])),
        OmittableKey("value_range", of: "RandomContrast", .always),
        OmittableKey("data_format", of: "RandomBrightness RandomContrast RandomFlip RandomRotation RandomTranslation RandomZoom", .always),
        OmittableKey("bounding_box_format", .always),
        OmittableKey("seed", .always),
        OmittableKey("noise_shape", .values([nil])),
        OmittableKey("dropout", of: "Attention AdditiveAttention", .always),

        OmittableKey("optional", of: "InputLayer", .values([false])),
        OmittableKey("ragged", .values([false])),
        OmittableKey("sparse", of: "CategoryEncoding Discretization Hashing HashedCrossing", .values([false])),
        OmittableKey("lora_rank", .values([nil])),
        OmittableKey("lora_alpha", .always),
        OmittableKey("quantization_config", .values([nil])),
        OmittableKey("gptq_unpacked_column_size", .values([nil])),

        OmittableKey("groups", of: "Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose", .values([1])),
        OmittableKey("output_padding", .values([nil])),
        OmittableKey("keepdims", .values([false])),
        // Layers that know one order of axes.
        OmittableKey("data_format", of: "ZeroPadding1D Resizing CenterCrop", .values(["channels_last", nil])),
        OmittableKey("crop_to_aspect_ratio", .values([false])),
        OmittableKey("pad_to_aspect_ratio", .values([false])),
        OmittableKey("antialias", .values([false])),
        // How an image is filled that keeps its aspect ratio.
        OmittableKey("fill_mode", of: "Resizing", .always),
        OmittableKey("fill_value", of: "Resizing", .always),

        OmittableKey("zero_output_for_mask", .values([false, nil])),
        OmittableKey("rms_scaling", .values([false])),
        OmittableKey("invert", of: "Normalization", .values([false])),
        OmittableKey("use_gate", .values([false])),
        OmittableKey("sliding_window", .values([nil])),
        OmittableKey("score_mode", of: "Attention AdditiveAttention", .values(["dot"])),
        OmittableKey("mask_value", of: "Hashing", .values([nil])),
        OmittableKey("oov_method", of: "IntegerLookup", .values([nil, "floormod"])),
        // Texts have one method.
        OmittableKey("oov_method", of: "StringLookup", .always),
        OmittableKey("salt", of: "IntegerLookup StringLookup", .values([nil])),
        OmittableKey("encoding", .values(["utf-8"])),
    ]
}
