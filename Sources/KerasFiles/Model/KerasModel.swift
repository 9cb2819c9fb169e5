/// What a Keras file says, in full: how the model is built, its weights, and everything that training left behind.
///
/// Two views stand side by side. `root` is the model as Keras 3 would describe it, whichever release wrote the file, with every
/// weight at the layer and in the role it belongs to: this is what the model means, and all that lowering needs. `configuration`,
/// `trainingConfiguration`, `weightGroups` and `optimizerWeights` are what the file holds, key for key and byte for byte: enough to
/// give the file back. `repairs` tells how one became the other.
///
/// Tensors are handles; a model takes little memory however large its weights are.
public struct KerasModel: Sendable {
    public var format: KerasFormat
    public var version: KerasVersion
    /// What Keras computed with: `tensorflow`, `theano`, `jax`, ... nil when the file does not say.
    public var backend: String?

    /// The model's configuration as it is written, in the dialect of its writer.
    public var configuration: JSON
    /// Loss, metrics and optimizer as they are written; nil when the model was saved without.
    public var trainingConfiguration: JSON?

    /// The model itself: a Sequential, a Functional, or a class of the user's own.
    public var root: KerasLayer

    /// All weights as the file lists them: one group per layer of the model, in the order of the layers.
    public var weightGroups: [WeightGroup]
    /// Weights that were added on the model itself rather than on one of its layers. nil when the format has no place for
    /// them (before TensorFlow 2.7); nearly always empty otherwise.
    public var topLevelWeights: WeightGroup?
    /// The state of the optimizer in the file's order; nil when the model was saved without. Their names follow no rule that holds
    /// across releases: the order is what counts.
    public var optimizerWeights: WeightGroup?

    /// How the file stores its lists of names; nil when it has none.
    public var nameStorage: NameStorage?

    /// Every difference between `configuration` and `root`, in the order of the layers.
    public var repairs: [Repair]

    public init(
        format: KerasFormat, version: KerasVersion, backend: String?, configuration: JSON, trainingConfiguration: JSON?,
        root: KerasLayer, weightGroups: [WeightGroup], topLevelWeights: WeightGroup?, optimizerWeights: WeightGroup?,
        nameStorage: NameStorage? = nil, repairs: [Repair]
    ) {
        self.format = format
        self.version = version
        self.backend = backend
        self.configuration = configuration
        self.trainingConfiguration = trainingConfiguration
        self.root = root
        self.weightGroups = weightGroups
        self.topLevelWeights = topLevelWeights
        self.optimizerWeights = optimizerWeights
        self.nameStorage = nameStorage
        self.repairs = repairs
    }
}

extension KerasModel {
    /// The stored weight that a layer's weight is.
    public subscript(place: WeightPlace) -> StoredWeight { weightGroups[place.group].weights[place.index] }
}
