import KerasFiles

/// What becomes of the values of one configuration key of a layer class.
public struct OptionSupport: Equatable, Sendable {
    public var key: String
    /// Whether a file without the key is refused.
    public var isRequired: Bool
    /// What a file means that lacks the key; nil when it must be there, or when nothing depends on it.
    public var absent: JSON?
    /// In this order: the first that a value is one of says what becomes of it.
    public var values: [Value]

    public struct Value: Equatable, Sendable {
        public var values: Values
        public var outcome: Outcome

        init(_ values: Values, _ outcome: Outcome) {
            self.values = values
            self.outcome = outcome
        }
    }

    public enum Values: Equatable, Sendable {
        case value(JSON)
        /// What the key takes besides.
        case kind(ValueKind)
        /// A policy of a quantised layer, of one of these modes.
        case policy([String])
        /// A layer of one of these classes, as an object.
        case layer([String])
        /// A function of the author's.
        case code
        case anyOther
    }

    public enum Outcome: String, Equatable, Sendable {
        /// What Keras computes.
        case exact
        /// What Keras computes, in single precision where it names another.
        case rounded
        case withoutEffect
        case refused
    }
}

extension KeyDeclaration {
    /// What is enforced, as data.
    public var support: OptionSupport {
        switch treatment {
        case .used(let kind, let absent):
            OptionSupport(
                key: name, isRequired: absent == nil, absent: absent, values: Self.values(of: kind) + [.init(.anyOther, .refused)])
        case .withoutEffect:
            OptionSupport(key: name, isRequired: false, absent: nil, values: [.init(.anyOther, .withoutEffect)])
        case .only(let allowed):
            OptionSupport(
                key: name, isRequired: false, absent: allowed.first, values: allowed.map { .init(.value($0), .exact) } + [.init(.anyOther, .refused)])
        }
    }

    private static func values(of kind: ValueKind) -> [OptionSupport.Value] {
        switch kind {
        case .boolean: [.init(.value(true), .exact), .init(.value(false), .exact)]
        case .choice(let names): names.map { .init(.value($0), .exact) }
        case .optional(let wrapped): [.init(.value(.null), .exact)] + values(of: wrapped)
        case .numberType(let names): numberTypes(names)
        case .quantizedNumberType(let names, let modes): numberTypes(names) + [.init(.policy(modes), .exact)]
        case .activation: activations(ActivationNames.sorted, layers: ActivationLayers.classNames)
        case .elementwiseActivation: activations(ActivationNames.sortedElementwise, layers: ActivationLayers.elementwiseClassNames)
        default: [.init(.kind(kind), .exact)]
        }
    }

    /// Everything is computed in single precision, also where Keras is told another.
    private static func numberTypes(_ names: [String]) -> [OptionSupport.Value] {
        names.map { .init(.value(.string($0)), $0 == "float32" || !floatingPoint.contains($0) ? .exact : .rounded) }
    }

    /// Functions by name, those of Keras first that are not computed, and layers that stand as one.
    private static func activations(_ names: [JSON], layers: [String]) -> [OptionSupport.Value] {
        let refused = KerasFiles.ActivationNames.builtIn.sorted().map { JSON.string($0) }.filter { !names.contains($0) }
        return [.init(.value(.null), .exact)] + names.map { .init(.value($0), .exact) } + refused.map { .init(.value($0), .refused) }
            + [.init(.layer(layers), .exact), .init(.code, .refused)]
    }
}
