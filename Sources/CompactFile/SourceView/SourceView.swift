import KerasFiles

/// What a Keras file said, apart from the weights' elements: what it takes to give the file back.
///
/// In the `.nnc` file it is a JSON text, compressed. Weights are numbered as they come: those of all groups, then the top-level ones,
/// then the optimizer's, then the others; after them come the assets, each a tensor of bytes.
struct SourceView {
    var format: KerasFormat
    var version: KerasVersion
    var weightsVersion: KerasVersion?
    var backend: String?
    var configuration: JSON
    var trainingConfiguration: JSON?
    var metadata: JSON?
    var groups: [Group]
    var topLevel: Group?
    var optimizer: Group?
    var others: [Group]
    /// What its user had stand for something that the file cannot carry.
    var replacements: [Replacement]
    /// What the assets are called.
    var assets: [String]
    var names: NameStorage?
    /// For each weight its place in the tensor table.
    var tensors: [Int]

    /// The names of weights that belong together.
    struct Group {
        var name: String
        var label: String?
        var weights: [String]

        init(_ group: WeightGroup) {
            name = group.name
            label = group.label
            weights = group.weights.map(\.name)
        }
    }

    /// - Parameters:
    ///   - tensors: for each weight its place in the tensor table.
    ///   - withOptimizer: whether the state of training is among them: the optimizer's and what goes with it.
    init(_ model: KerasModel, tensors: [Int], withOptimizer: Bool) {
        format = model.format
        version = model.version
        weightsVersion = model.weightsVersion
        backend = model.backend
        configuration = model.configuration
        trainingConfiguration = model.trainingConfiguration
        metadata = model.metadata
        groups = model.weightGroups.map { Group($0) }
        topLevel = model.topLevelWeights.map { Group($0) }
        optimizer = withOptimizer ? model.optimizerWeights.map { Group($0) } : nil
        others = withOptimizer ? model.otherWeights.map { Group($0) } : []
        replacements = model.replacements
        assets = model.assets.map(\.name)
        names = model.nameStorage
        self.tensors = tensors
    }

    /// The section's bytes.
    func bytes() throws(CompactFileError) -> [UInt8] { try Compression.compress(json.utf8(.compact)) }
}
