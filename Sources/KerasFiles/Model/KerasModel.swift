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
    /// Which Keras wrote the configuration.
    public var version: KerasVersion
    /// Which Keras wrote the weights, in files that hold weights alone and say so; nil elsewhere.
    public var weightsVersion: KerasVersion?
    /// What Keras computed with: `tensorflow`, `theano`, `jax`, ... nil when neither the file nor who opened it says.
    public var backend: String?

    /// The model's configuration as it is written, in the dialect of its writer: `model_config`, `config.json`, or the text of
    /// `to_json()` that weights were opened with.
    public var configuration: JSON
    /// Loss, metrics and optimizer as they are written; nil when the model was saved without. In an archive this is `compile_config`, which
    /// `configuration` has too.
    public var trainingConfiguration: JSON?
    /// The archive's `metadata.json`; nil for other formats.
    public var metadata: JSON?

    /// The model itself: a Sequential, a Functional, or a class of the user's own.
    public var root: KerasLayer

    /// All weights of layers as the file lists them. In legacy HDF5 one group per layer of the model, in the order of the layers; in
    /// Keras 3 files one per object, those without weights among them, in the order of their paths with numbers counted as such.
    public var weightGroups: [WeightGroup]
    /// Weights that were added on the model itself rather than on one of its layers. nil when the format has no place for
    /// them (HDF5 before TensorFlow 2.7); nearly always empty otherwise.
    public var topLevelWeights: WeightGroup?
    /// The state of the optimizer in the file's order; nil when the model was saved without. Their names follow no rule that holds
    /// across releases: the order is what counts.
    public var optimizerWeights: WeightGroup?
    /// What else the file keeps with the weights, and no layer has: metrics (TensorFlow 2.12 to 2.15), the optimizer inside another
    /// one. By path; none in legacy HDF5.
    public var otherWeights: [WeightGroup]
    /// Vocabularies and other files that layers keep in an archive.
    public var assets: [Asset]

    /// How the file stores its lists of names; nil when it has none.
    public var nameStorage: NameStorage?

    /// What the user had stand for something that the file cannot carry: `root` has it, `configuration` does not.
    public var replacements: [Replacement] = []

    /// Every difference between `configuration` and `root`, in the order of the layers.
    public var repairs: [Repair]

    public init(
        format: KerasFormat, version: KerasVersion, weightsVersion: KerasVersion? = nil, backend: String?, configuration: JSON, trainingConfiguration: JSON?,
        metadata: JSON? = nil, root: KerasLayer, weightGroups: [WeightGroup], topLevelWeights: WeightGroup?,
        optimizerWeights: WeightGroup?, otherWeights: [WeightGroup] = [], assets: [Asset] = [], nameStorage: NameStorage? = nil,
        repairs: [Repair]
    ) {
        self.format = format
        self.version = version
        self.weightsVersion = weightsVersion
        self.backend = backend
        self.configuration = configuration
        self.trainingConfiguration = trainingConfiguration
        self.metadata = metadata
        self.root = root
        self.weightGroups = weightGroups
        self.topLevelWeights = topLevelWeights
        self.optimizerWeights = optimizerWeights
        self.otherWeights = otherWeights
        self.assets = assets
        self.nameStorage = nameStorage
        self.repairs = repairs
    }
}

extension KerasModel {
    /// The stored weight that a layer's weight is.
    public subscript(place: WeightPlace) -> StoredWeight { weightGroups[place.group].weights[place.index] }
}

/// A file that a layer keeps beside its configuration and weights.
public struct Asset: Sendable {
    /// Its path in the archive: `assets/layers/string_lookup/vocabulary.txt`. Made by whoever wrote the file: a name, not a place on a disk.
    public var name: String
    public var content: ByteSource

    public init(name: String, content: ByteSource) {
        self.name = name
        self.content = content
    }
}

extension Asset {
    /// Assets by their folders, there called by the last part of their names.
    static func byFolder(_ assets: [Asset]) -> [String: [Asset]] {
        var folders: [String: [Asset]] = [:]
        for asset in assets {
            guard let slash = asset.name.utf8.lastIndex(of: UInt8(ascii: "/")) else { continue }
            let name = String(asset.name[asset.name.utf8.index(after: slash)...])
            folders[String(asset.name[..<slash]), default: []].append(Asset(name: name, content: asset.content))
        }
        return folders
    }
}
