import KerasFiles

/// What a written file has that the model had otherwise, and what it has not.
public struct WriteReport: Sendable, Equatable {
    /// Every difference between what the file was read as and what is written, in the order of the layers.
    public var repairs: [Repair] = []
    public var dropped: [Dropped] = []

    /// Something of the model that the file does not have.
    public struct Dropped: Sendable, Equatable {
        public var part: Part
        public var reason: Reason
    }

    public enum Part: String, Sendable, Equatable, CaseIterable {
        /// Configuration, and with it the optimizer: the format holds weights alone.
        case configuration
        case trainingConfiguration
        case optimizerWeights
        case topLevelWeights
    }

    public enum Reason: Sendable, Equatable {
        /// The format has no place for it.
        case format
    }
}
