import KerasFiles
import NNInference

/// Why a `.nnc` file could not be given back as a Keras model.
public enum SourceViewError: Error, Sendable {
    /// The file has no source view: it was left out when the file was written.
    case absent
    /// The bytes are not an acceptable `.nnc` file.
    case format(FormatError)
    /// The source view cannot be expanded, or is larger than the limits allow.
    case compression
    /// The source view says something that this build does not know and would lose.
    case unknown(key: String)
    /// The source view does not say, or says in no known way, what stands under this key; nil for the whole.
    case malformed(key: String?)
    /// The parts do not make a Keras model, or could not be read.
    case keras(KerasFileError)
}
