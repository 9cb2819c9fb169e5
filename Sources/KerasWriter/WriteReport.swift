import KerasFiles

/// What a written file has otherwise than the model's own, and what it has not.
public struct WriteReport: Sendable, Equatable {
    /// Every difference between the configuration that the model was read from and the one that is written, in the order of the layers.
    public var repairs: [Repair] = []
    public var dropped: [Dropped] = []

    /// Something of the model that the file does not have.
    public struct Dropped: Sendable, Equatable {
        public var part: Part
        public var reason: Reason
    }

    public enum Part: String, Sendable, Equatable, CaseIterable {
        case configuration
        /// Loss, metrics and optimizer.
        case trainingConfiguration
        /// What training makes small. Without it a model has its optimizer still.
        case loss
        case metrics
        /// The state of the optimizer.
        case optimizerWeights
        /// Weights that were added on the model itself.
        case topLevelWeights
        case assets
        /// What TensorFlow 2.12 to 2.15 keeps of metrics, and other weights that are no layer's.
        case otherWeights
    }

    public enum Reason: Error, Sendable, Equatable {
        /// The format has no place for it.
        case format
        /// The Keras that the file is for has no such loss or metric, or it is the author's own.
        case unknownFunction(String)
        /// The Keras that the file is for has no optimizer of this class, or the state of this class cannot be carried over.
        case unknownOptimizer(String)
        /// The optimizer has a setting that the Keras that the file is for does not have.
        case unknownKey(String)
        /// An optimizer of this class computes something else there, so the state would mean something else.
        case otherRule(String)
        /// A layer of this class, which is the author's own, has variables whose order nobody knows.
        case unknownLayer(String)
        /// The file names no optimizer: this would be its state, or what Keras compiles with it.
        case noOptimizer
        /// The state is not of the shape that the optimizer and the weights ask for.
        case wrongShape
        /// It belongs to weights that had to be scaled, or brought into another order.
        case weightsScaled
        /// Releases of the Keras that the file is for disagree about the order, and would take one thing for another.
        case ambiguousOrder
        /// It is not written for the Keras and the format that the file is for.
        case dialect
    }
}

extension WriteReport {
    /// Neither loss and metrics nor the optimizer are written.
    mutating func leaveOutTraining(of model: KerasModel) {
        dropped.removeAll { $0.part != .topLevelWeights && $0.part != .otherWeights }
        if model.trainingConfiguration != nil { dropped.append(Dropped(part: .trainingConfiguration, reason: .dialect)) }
        if model.optimizerWeights?.weights.isEmpty == false { dropped.append(Dropped(part: .optimizerWeights, reason: .dialect)) }
    }
}
