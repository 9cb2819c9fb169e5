import CompactFile

/// What goes into a `.nnc` file and how it is laid out. The default keeps everything.
public struct CompactOptions: Sendable, Equatable {
    /// A part of the file that running does without.
    public enum Part: String, Sendable, CaseIterable {
        /// What it takes to give the Keras file back: configurations, names, weights that are not used for running.
        case source
        /// The optimizer's state, which goes with the source.
        case optimizer
        /// Names of inputs, outputs and layers.
        case names
        /// Made-up inputs and what every operation made of them, so that a device can check itself.
        case verification
    }

    public var stripped: Set<Part> = []
    /// What large weights are rounded to; nil keeps every bit. A file with rounded weights cannot give the Keras file back.
    public var weights: WeightPrecision?
    public var alignment = CompactFileContent.Alignment.automatic
    /// Larger models get no verification vector, because the reference run that makes it would take longer than everything else:
    /// multiply-accumulates of one prediction, and bytes of weights.
    public var verificationWork: UInt64 = 500_000_000
    public var verificationBytes: UInt64 = 64 << 20

    public init(stripping stripped: Set<Part> = []) { self.stripped = stripped }

    /// A file that lives only until its model has run.
    static let forRunning = CompactOptions(stripping: [.source, .optimizer, .verification])
}
