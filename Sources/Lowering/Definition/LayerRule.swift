import KerasFiles

/// What must hold of a layer beyond what each of its keys takes on its own. It is shown as it is enforced: nothing else is checked.
public struct LayerRule: Sendable {
    /// What is said of ``keys``, the first of them first.
    public enum Statement: Equatable, Sendable {
        /// The key names a single axis.
        case oneAxis
        case notZero
        /// The list does not fall.
        case rising
        /// Every axis after the batch comes once.
        case permutation
        /// At most one dimension is -1.
        case oneOpenDimension
        /// Steps between windows and gaps within them do not go together.
        case notBothAboveOne
        case notBothTrue
        case multipleOfSecond
        case belowSecond
        case notAboveSecond
        case sameShapeOrBothAbsent
        /// The first goes with this value of the second only.
        case onlyWithSecond(JSON)
        /// With this value of the second the first must be given.
        case requiredWithSecond(JSON)
        /// This value of the first does not go with that of the second.
        case notTogether(JSON, JSON)
        /// The first has letters of the output of the second.
        case axesOfSecond
        /// No entry comes twice, special ones are not among the others, and there are as many as the other keys say.
        case vocabulary
        /// What quantises the inputs goes with how the weights, by the second, are quantised.
        case quantizationOfSecond
        /// There is a layer inside.
        case hasLayer
        /// The layers inside are of these classes.
        case layers([String])
        /// One of the two layers inside goes backwards, and they agree in everything that the wrapper must know.
        case oppositeDirections
        /// No layer inside keeps its state between calls.
        case stateless
    }

    public let keys: [String]
    public let statement: Statement
    /// Throws when the rule is broken. The keys have been checked one by one before.
    let check: @Sendable (KerasLayer) throws(Refusal) -> Void

    init(_ keys: String..., is statement: Statement, check: @escaping @Sendable (KerasLayer) throws(Refusal) -> Void) {
        self.keys = keys
        self.statement = statement
        self.check = check
    }
}

// MARK: Rules that several layers have

extension LayerRule {
    static func oneAxis(_ axis: ConfigKey<[Int]>) -> LayerRule {
        LayerRule(axis.name, is: .oneAxis) { layer throws(Refusal) in
            guard try layer[axis].count == 1 else { throw Refusal(layer, key: axis.name, .unsupportedValue(allowed: [])) }
        }
    }

    static func notZero(_ key: ConfigKey<Int>) -> LayerRule {
        LayerRule(key.name, is: .notZero) { layer throws(Refusal) in
            guard try layer[key] != 0 else { throw Refusal(layer, key: key.name, .unsupportedValue(allowed: [])) }
        }
    }

    static func notBothAboveOne(_ a: ConfigKey<[Int]>, _ b: ConfigKey<[Int]>) -> LayerRule {
        LayerRule(a.name, b.name, is: .notBothAboveOne) { layer throws(Refusal) in
            guard try layer[a].contains(where: { $0 > 1 }), try layer[b].contains(where: { $0 > 1 }) else { return }
            throw Refusal(layer, key: a.name, .conflict(withKey: b.name))
        }
    }

    static func notBothTrue(_ a: ConfigKey<Bool>, _ b: ConfigKey<Bool>) -> LayerRule {
        LayerRule(a.name, b.name, is: .notBothTrue) { layer throws(Refusal) in
            guard try layer[a], try layer[b] else { return }
            throw Refusal(layer, key: b.name, .conflict(withKey: a.name))
        }
    }
}
