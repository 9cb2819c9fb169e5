import KerasFiles

/// What a conversion did with a model.
public struct ConversionReport: Sendable {
    /// Something of the model that is not in the file.
    public struct Omission: Sendable, Equatable {
        public var part: ConversionOptions.Part
        public var reason: Reason
        /// Bytes that the part would have taken, where that is known.
        public var byteCount: UInt64?
    }

    public enum Reason: Sendable, Equatable {
        case asked
        /// There is no optimizer without the source that it belongs to.
        case belongsToSource
        /// A reference run would take too long.
        case tooMuchWork(multiplyAccumulates: UInt64)
        /// A reference run would hold all weights in memory.
        case tooManyBytes(UInt64)
        /// No made-up input fits: open dimensions that no small number suits, or too much memory.
        case noReferenceRun
    }

    /// Bytes of all weights in the Keras file, the optimizer's among them.
    public var sourceTensorBytes: UInt64
    /// Tensors in the `.nnc` file, and their bytes.
    public var tensorCount: Int
    public var tensorBytes: UInt64
    /// Bytes of the `.nnc` file.
    public var byteCount: UInt64
    public var omissions: [Omission]
    /// What had to be said differently than the file does, to mean the same in Keras 3.
    public var repairs: [Repair]
}
