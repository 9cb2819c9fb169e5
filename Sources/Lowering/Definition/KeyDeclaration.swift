import KerasFiles

/// What is done with one configuration key of a layer class. Every key that a file may have must be declared: an undeclared one
/// refuses the model.
public struct KeyDeclaration: Sendable {
    public enum Treatment: Equatable, Sendable {
        /// Takes part in the computation. `absent` is what a file means that lacks the key; nil when it must be there.
        case used(ValueKind, absent: JSON?)
        /// Any value gives the same numbers at inference.
        case withoutEffect
        /// Only these values are accepted; a file may lack the key.
        case only([JSON])
    }

    public let name: String
    public let treatment: Treatment
    /// Throws when the layer's value for the key is refused.
    let check: @Sendable (KerasLayer) throws(Refusal) -> Void

    static func used<Value>(_ key: ConfigKey<Value>) -> KeyDeclaration {
        KeyDeclaration(name: key.name, treatment: .used(key.type.kind, absent: key.absent)) { layer throws(Refusal) in
            _ = try layer[key]
        }
    }

    static func withoutEffect(_ name: String) -> KeyDeclaration {
        KeyDeclaration(name: name, treatment: .withoutEffect) { _ throws(Refusal) in }
    }

    static func only(_ name: String, _ allowed: JSON...) -> KeyDeclaration {
        KeyDeclaration(name: name, treatment: .only(allowed)) { layer throws(Refusal) in
            guard let value = layer.config[name], !allowed.contains(value) else { return }
            throw Refusal(layer, key: name, .unsupportedValue(allowed: allowed))
        }
    }
}

extension [KeyDeclaration] {
    static func withoutEffect(_ names: String...) -> [KeyDeclaration] { names.map { KeyDeclaration.withoutEffect($0) } }

    /// What concerns only the training of these weights.
    static func training(_ weights: String...) -> [KeyDeclaration] {
        weights.flatMap { weight in
            ["initializer", "regularizer", "constraint"].map { KeyDeclaration.withoutEffect("\(weight)_\($0)") }
        }
    }

    /// The keys of every Keras layer.
    static let common: [KeyDeclaration] = [.withoutEffect("name"), .withoutEffect("trainable"), .numberType]

    /// The keys of every Keras layer that computes something a regularizer could look at.
    static let commonWithActivityRegularizer = common + [.withoutEffect("activity_regularizer")]
}
