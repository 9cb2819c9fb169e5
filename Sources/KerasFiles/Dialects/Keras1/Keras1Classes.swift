/// Layers that others stand for when a model has been read.
package enum ExpandedClasses {
    /// The classes of those others, one after the other.
    package static let table = ["MaxoutDense": ["Dense", "Reshape", "GlobalMaxPooling1D"]]
}

/// Classes of Keras 1 that Keras 3 has by other names, or not at all.
///
/// Facts: Keras 1.0.8 and 1.2.2.
enum Keras1Classes {
    static let convolutions: Set = ["Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "SeparableConv2D", "LocallyConnected1D", "LocallyConnected2D"]
    static let recurrent: Set = ["SimpleRNN", "LSTM", "GRU"]
    static let poolings: Set = ["MaxPooling1D", "AveragePooling1D", "MaxPooling2D", "AveragePooling2D", "MaxPooling3D", "AveragePooling3D"]
    static let dense: Set = ["Dense", "MaxoutDense", "Highway"]

    /// What a Merge does by its `mode`. (`cos` gives an axis more than Dot of Keras 3 does.)
    static let merges = ["sum": "Add", "mul": "Multiply", "ave": "Average", "max": "Maximum", "concat": "Concatenate", "dot": "Dot"]
    static let merged = Set(merges.values)

    /// Layers whose order of axes is not in the file.
    static let withoutDataFormat: Set = ["ZeroPadding2D", "ZeroPadding3D", "UpSampling2D", "UpSampling3D", "Cropping2D", "Cropping3D"]

    /// The class of a Merge in Keras 3; nil where its mode has none, and for one that holds its inputs' layers.
    static func merge(_ config: JSON?) -> String? {
        guard let mode = config?["mode"]?.stringValue, config?["mode_type"].map({ $0 == "raw" }) ?? true, config?["layers"] == nil else { return nil }
        return merges[mode]
    }
}
