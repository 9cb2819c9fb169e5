import CompactFile
import NNInference

/// What is wrong with a file that opens.
public enum CheckError: Error, Sendable {
    /// A model that cannot be run, or does not convert.
    case conversion(ConversionError)
    /// A `.nnc` file whose content is damaged.
    case format(FormatError)
    /// A `.nnc` file whose Keras source is damaged.
    case source(SourceViewError)
    /// No session can be made, or a verification vector cannot be replayed.
    case program(ProgramError)
    /// This machine computes something else than was recorded when the file was made.
    case departure(VerificationDeparture, layer: String?)
}
