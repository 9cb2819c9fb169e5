import FileOutput
import KerasFiles
import NNInference

/// Why a model could not be written as a `.nnc` file.
public enum CompactFileError: Error, Sendable {
    /// The program does not fit its tensors.
    case program(ProgramError)
    /// More of something than the format has room for.
    case limit(Limit, found: Int)
    /// A tensor that the format cannot describe: more dimensions or larger ones than it has.
    case shape(tensor: Int, [Int])
    /// Names, ranges or digests are not as many as the program's inputs, outputs and operations.
    case count(SectionKind, expected: Int, found: Int)
    /// A verification range or dimension from which no input can be made.
    case verificationInput(Int)
    /// A Keras tensor could not be read.
    case reading(KerasFileError)
    /// The output could not be written.
    case writing(OutputFileError)
    /// zlib could not compress.
    case compression

    public enum Limit: Hashable, Sendable {
        case tensors, dimensions, inputs, outputs, operations, names, source, fileLength
    }
}
