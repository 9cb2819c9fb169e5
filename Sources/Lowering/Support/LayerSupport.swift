import KerasFiles

/// To what extent a layer class of Keras runs: what its definition enforces, as data. See ``LayerTable``.
public struct LayerSupport: Sendable {
    /// The Keras 3 name.
    public var className: String
    /// Why no model with the layer runs; nil for one that runs with the options that are not refused.
    public var refusal: Refusal.Reason?
    public var options: [OptionSupport]
    public var rules: [LayerRule]
    public var mask: LayerDefinition.MaskRule?
    public var integers: LayerDefinition.IntegerRule?
    public var takesTexts: Bool
    /// The classes that stand for the layer when its model has been read; empty for one that is itself.
    public var expansion: [String] = []

    public init(_ definition: LayerDefinition) {
        className = definition.className
        refusal = nil
        options = definition.keys.map(\.support)
        rules = definition.rules
        mask = definition.mask
        integers = definition.integers
        takesTexts = definition.takesTexts
    }

    /// A class that has no definition.
    public init(refused className: String) {
        self.className = className
        refusal = Validation.unknownClassReason(className)
        options = []
        rules = []
        mask = nil
        integers = nil
        takesTexts = false
    }

    /// A class of which nothing is left when a model has been read.
    init(_ className: String, expandedInto classes: [String]) {
        self.init(refused: className)
        refusal = nil
        expansion = classes
    }

    /// Every layer class of Keras that is known: those that run, family by family, and those that do not, by name.
    public static let all: [LayerSupport] =
        LayerTable.definitions.map { LayerSupport($0) } + ExpandedClasses.table.sorted { $0.key < $1.key }.map { LayerSupport($0.key, expandedInto: $0.value) }
        + Set(LayerVariables.classNames).union(LayerTable.classesWithCode).filter { LayerTable[$0] == nil && ExpandedClasses.table[$0] == nil }.sorted().map { LayerSupport(refused: $0) }
}
