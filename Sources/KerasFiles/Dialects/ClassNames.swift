/// Names of classes that are written otherwise in Keras 3.
package enum ClassNames {
    /// Old name → Keras 3 name, where nothing else changes but what the other tables say.
    static let renamed: [String: String] = {
        var names = [
            // Keras 1 and Keras 2 up to 2.3.1, tf.keras up to TensorFlow 2.2.
            "Model": "Functional",
            // TensorFlow 1.13 and 1.14.
            "BatchNormalizationV1": "BatchNormalization", "BatchNormalizationV2": "BatchNormalization",
            "UnifiedLSTM": "LSTM", "UnifiedGRU": "GRU",
            "SyncBatchNormalization": "BatchNormalization",
            "ThresholdedReLU": "ReLU",
            // Keras 1.
            "AtrousConvolution1D": "Conv1D", "AtrousConvolution2D": "Conv2D", "AtrousConv1D": "Conv1D", "AtrousConv2D": "Conv2D",
            "TimeDistributedDense": "Dense",
            "Deconvolution2D": "Conv2DTranspose", "Deconv2D": "Conv2DTranspose",
            "Deconvolution3D": "Conv3DTranspose", "Deconv3D": "Conv3DTranspose",
            // The Python class behind it.
            "GroupedQueryAttention": "GroupQueryAttention",
        ]
        for rank in 1...3 {
            names["Convolution\(rank)D"] = "Conv\(rank)D"
            names["Convolution\(rank)DTranspose"] = "Conv\(rank)DTranspose"
            names["SeparableConvolution\(rank)D"] = "SeparableConv\(rank)D"
            for (short, long) in [("Max", "Max"), ("Avg", "Average")] {
                names["\(short)Pool\(rank)D"] = "\(long)Pooling\(rank)D"
                names["Global\(short)Pool\(rank)D"] = "Global\(long)Pooling\(rank)D"
            }
        }
        return names
    }()

    /// What earlier releases called a class that has this name in Keras 3.
    package static func former(of className: String) -> [String] {
        renamed.filter { $0.value == className }.keys.sorted()
    }

    /// The name that Keras 3 has for a class that a configuration names `written`, as far as a name is all that it takes.
    static func canonical(_ written: String, config: JSON?) -> String {
        if written == "Merge", let merge = Keras1Classes.merge(config) { return merge }
        return renamed[written] ?? written
    }

    /// Whether a class found in this Python module is Keras's own. The module is a tag: nothing is ever imported.
    package static func isKeras(module: String?) -> Bool {
        guard let module else { return true }
        return roots.contains { module == $0 || module.hasPrefix($0 + ".") }
    }

    /// Whether what is found in this Python module is a function call that stands among the layers of a Functional (Keras 3).
    package static func isOperation(module: String) -> Bool { operations.contains { module == $0 || module.hasPrefix($0 + ".") } }

    private static let operations = ["keras.src.ops", "keras.ops"]

    private static let roots = ["keras", "tf_keras", "tensorflow.keras", "tensorflow.python.keras", "tensorflow_core.python.keras"]
}
