/// The kinds of file that hold a Keras model or its weights. What a file is shows in its content; extensions lie (TensorFlow
/// up to 2.12 writes HDF5 files called `.keras`).
public enum KerasFormat: String, Sendable, Equatable, CaseIterable {
    /// One HDF5 file with configuration and weights: `model.save("m.h5")` of every Keras.
    case legacyHDF5
    /// HDF5 weights by layer name, without configuration: `save_weights` up to TensorFlow 2.11.
    case legacyWeights
    /// HDF5 weights by object path, without configuration: `.weights.h5` of Keras 3 and TensorFlow 2.12 onwards.
    case weights
    /// Zip archive, or folder, of `config.json`, `metadata.json` and weights: `.keras` of Keras 3 and TensorFlow 2.13 onwards.
    case archive

    /// Whether weights are kept by the name of the layer, not by the path of the object.
    package var isLegacy: Bool { self == .legacyHDF5 || self == .legacyWeights }
}
