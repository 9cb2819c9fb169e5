import CompactFile
import FileOutput
import KerasFiles
import KerasWriter
import Lowering
import NNInference

/// Why a model could not be converted or made to run.
public enum ConversionError: Error, Sendable {
    /// Everything in the model that cannot be run.
    case refused(LoweringError)
    /// Weights that do not fit the layers they belong to: a damaged file, or parts of different models.
    case misfit(LoweringError)
    /// The output could not be created, written, or given its name.
    case output(OutputFileError)
    /// The model could not be written as `.nnc`.
    case compact(CompactFileError)
    /// The model could not be written as a Keras file.
    case keras(KerasWriterError)
    /// The program that the model became does not fit its tensors: a defect of this library.
    case program(ProgramError)
    /// The bytes that were made are not accepted: a defect of this library.
    case format(FormatError)
    /// The Keras model in a `.nnc` file is damaged.
    case source(SourceViewError)
    /// A `.nnc` file that holds neither a program nor a Keras model.
    case empty

    /// What writing can fail with is about the output or about a weight that is read.
    init(_ error: CompactFileError) {
        if case .writing(let error) = error { self = .output(error) } else { self = .compact(error) }
    }

    init(_ error: KerasWriterError) {
        if case .writing(let error) = error { self = .output(error) } else { self = .keras(error) }
    }
}

extension LoweringError {
    /// Whether a weight does not have the shape that its layer asks for. That is no model that nnconv cannot run but one that nobody can.
    var isMisfit: Bool {
        refusals.contains { refusal in
            if case .weightShape = refusal.reason { true } else { false }
        }
    }
}
