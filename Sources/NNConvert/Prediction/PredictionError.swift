import NNInference
import TensorFiles

/// Why a prediction could not be made. Names may come from a file: escape them before printing.
public enum PredictionError: Error, Sendable {
    /// The model has these inputs and got this many tensors without names that tell where they go.
    case inputCount(inputs: [String], found: Int)
    case missingInput(String)
    /// A name that is none of the model's inputs.
    case unknownInput(String, inputs: [String])
    case inputGivenTwice(String)
    /// A tensor that is neither a batch of samples nor one sample. ``Shape/unknown`` stands for any extent.
    case shape(input: String, expected: [Int], found: [Int])
    /// Two inputs have different numbers of samples.
    case sampleCount(input: String, expected: Int, found: Int)
    case noSamples(input: String)
    /// An element that cannot be given to the model.
    case element(input: String, TensorFileError)
    /// No session can be made for inputs of these shapes.
    case session(ProgramError)
    /// The names in the file cannot be read.
    case format(FormatError)
    /// The run stopped.
    case run(RunError, layer: String?)
}
