import KerasFiles
import KerasWriter
import Lowering

/// What a conversion did with a model.
public struct ConversionReport: Sendable {
    /// Something of the model that is not in a `.nnc` file.
    public struct Omission: Sendable, Equatable {
        public var part: CompactOptions.Part
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
        /// The weights are no longer those of the Keras file.
        case weightsRounded
    }

    /// Bytes of all weights in the model's file, the optimizer's among them.
    public var sourceTensorBytes: UInt64
    /// Tensors that are written, and their bytes.
    public var tensorCount: Int
    public var tensorBytes: UInt64
    /// Bytes of the file; nil when only writing it can tell.
    public var byteCount: UInt64?
    /// What a `.nnc` file is without.
    public var omissions: [Omission] = []
    /// What rounding did to each large weight, when that was asked for.
    public var roundings: [WeightRounding] = []
    /// What is said differently than in the model's own file: in a Keras file what it says, in a `.nnc` file what its program takes the
    /// model for.
    public var repairs: [Repair] = []
    /// What a Keras file is without.
    public var dropped: [WriteReport.Dropped] = []
    /// Why a `.nnc` file has no program; empty when it has one.
    public var refusals: [Refusal] = []
}
