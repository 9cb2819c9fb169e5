import NNInference

/// How a prediction is made. None of it changes the numbers.
public struct PredictionOptions: Sendable {
    public var threads = 1
    public var instructionSet = InstructionSet.best
    /// The most samples that are computed at a time.
    public var batchLimit = 1_024
    /// Working memory that a batch of more than one sample may take, in bytes.
    public var batchMemory = 512 << 20

    public init() {}
}
