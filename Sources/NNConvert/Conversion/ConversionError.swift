import CompactFile
import KerasFiles
import Lowering
import NNInference

/// Why a model could not be converted or made to run.
public enum ConversionError: Error, Sendable {
    /// Everything in the model that cannot be run.
    case refused(LoweringError)
    /// The file was written, or was being written, when something failed.
    case writing(CompactFileError)
    /// The program that the model became does not fit its tensors: a defect of this library.
    case program(ProgramError)
    /// The bytes that were made are not accepted: a defect of this library.
    case format(FormatError)
    /// A `.nnc` file that holds a model only to give it back.
    case withoutProgram
}
