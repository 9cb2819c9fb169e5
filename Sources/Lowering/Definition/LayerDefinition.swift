import KerasFiles
import NNInference

/// All that is known of a layer class: what its configuration keys mean, and how it becomes operations.
///
/// A layer class is supported when a definition for it stands in ``LayerTable``, and only to the extent that the definition says so.
public struct LayerDefinition: Sendable {
    /// The Keras 3 name of the class.
    public let className: String
    public let keys: [KeyDeclaration]
    /// What becomes of the mask that comes with the input.
    public let mask: MaskRule
    /// What happens when the input is integers.
    public let integers: IntegerRule
    /// Whether the input may be texts.
    public let takesTexts: Bool
    /// Roles of weights that do not take part at inference.
    public let unusedWeights: Set<String>
    /// What must hold among several keys, or for the layers inside. Keys are checked before.
    public let rules: [LayerRule]
    let lower: @Sendable (LayerCall, inout ProgramBuilder) throws(Refusal) -> [MaskedValue]

    /// What becomes of the mask that comes with a layer's input, as Keras 3 has it.
    public enum MaskRule: Sendable {
        /// Goes on with the output.
        case passes
        /// Ends here: the layer does not know masks.
        case drops
        /// The layer uses it, or makes one.
        case ownRule
    }

    /// What a layer does with integers. Most Keras layers compute otherwise with them than with numbers; those are refused.
    public enum IntegerRule: Sendable {
        case refused
        case convertedToNumbers
        case keptAsIntegers
    }

    /// A layer with one input and one output, whose mask passes or is dropped.
    init(
        _ className: String, keys: [KeyDeclaration], mask: MaskRule, integers: IntegerRule = .refused, takesTexts: Bool = false,
        unusedWeights: Set<String> = [],
        rules: [LayerRule] = [],
        lower: @escaping @Sendable (LayerCall, inout ProgramBuilder) throws(Refusal) -> ValueID
    ) {
        self.init(
            className, keys: keys, mask: mask, integers: integers, takesTexts: takesTexts, unusedWeights: unusedWeights, rules: rules
        ) { call, builder throws(Refusal) in
            let output = try lower(call, &builder)
            return [MaskedValue(output, mask: mask == .passes ? try call.input.mask : nil)]
        }
    }

    /// A layer that makes its outputs' masks itself.
    init(
        _ className: String, keys: [KeyDeclaration], mask: MaskRule = .ownRule, integers: IntegerRule = .refused, takesTexts: Bool = false,
        unusedWeights: Set<String> = [],
        rules: [LayerRule] = [],
        lowerMasked: @escaping @Sendable (LayerCall, inout ProgramBuilder) throws(Refusal) -> [MaskedValue]
    ) {
        self.className = className
        self.keys = keys
        self.mask = mask
        self.integers = integers
        self.takesTexts = takesTexts
        self.unusedWeights = unusedWeights
        self.rules = rules
        self.lower = lowerMasked
    }
}
