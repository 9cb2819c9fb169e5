import KerasFiles

/// What a Keras file said, apart from the weights' elements: what it takes to give the file back.
///
/// In the `.nnc` file it is a JSON text, compressed. Weights are numbered as they come: those of all groups, then the top-level ones,
/// then the optimizer's.
struct SourceView {
    var format: KerasFormat
    var version: KerasVersion
    var backend: String?
    var configuration: JSON
    var trainingConfiguration: JSON?
    var groups: [Group]
    var topLevel: Group?
    var optimizer: Group?
    var names: NameStorage?
    /// For each weight its place in the tensor table.
    var tensors: [Int]

    /// The names of weights that belong together.
    struct Group {
        var name: String
        var weights: [String]

        init(name: String, weights: [String]) {
            self.name = name
            self.weights = weights
        }

        init(_ group: WeightGroup) {
            self.init(name: group.name, weights: group.weights.map(\.name))
        }
    }

    /// - Parameters:
    ///   - tensors: for each weight its place in the tensor table.
    ///   - withOptimizer: whether the optimizer's state is among them.
    init(_ model: KerasModel, tensors: [Int], withOptimizer: Bool) {
        format = model.format
        version = model.version
        backend = model.backend
        configuration = model.configuration
        trainingConfiguration = model.trainingConfiguration
        groups = model.weightGroups.map { Group($0) }
        topLevel = model.topLevelWeights.map { Group($0) }
        optimizer = withOptimizer ? model.optimizerWeights.map { Group($0) } : nil
        names = model.nameStorage
        self.tensors = tensors
    }

    /// The section's bytes.
    func bytes() throws(CompactFileError) -> [UInt8] { try Compression.compress(json.utf8(.compact)) }
}
