import KerasFiles

/// The code bases that Keras's optimizers come from. Their classes share names and differ in what they keep, in which order, and in
/// small things that they compute.
enum OptimizerFamily: Sendable {
    /// Keras up to 2.3.1.
    case standalone
    /// tf.keras up to TensorFlow 2.10, and `optimizers.legacy` since. All of tf.keras 2.x reads what they leave.
    case tensorFlowLegacy
    /// tf.keras since TensorFlow 2.11, where files call them `Custom>Adam`.
    case tensorFlow
    case keras3
}

extension OptimizerFamily {
    /// Whose optimizer it is that a file describes, by an object or, in archives, a name alone.
    init(of written: JSON, by version: KerasVersion) {
        switch version.lineage {
        case .multiBackend: self = .keras3
        case .standalone: self = .standalone
        case .tensorFlow:
            let isNamed = written.stringValue != nil
            let isCustom = written["class_name"]?.stringValue?.hasPrefix("Custom>") == true
            let isLegacy = written["config"]?["is_legacy_optimizer"]?.boolValue ?? !(isNamed || isCustom)
            self = isLegacy ? .tensorFlowLegacy : .tensorFlow
        }
    }

    /// Where an optimizer keeps from dividing by zero: whether epsilon is added to the root of the mean square, rather than to what the
    /// root is taken of. Nil for classes on which all agree.
    ///
    /// Facts: Keras 2.0.2 to 2.3.1, TensorFlow 2.4 to 2.15 (with momentum it has kernels of its own), Keras 3.
    func addsEpsilonToRoot(_ className: String, _ config: JSONObject) -> Bool? {
        switch (className, self) {
        case ("RMSprop", .tensorFlowLegacy): (config["momentum"]?.doubleValue ?? 0) == 0
        case ("RMSprop", .standalone), ("Adagrad", .standalone), ("Adagrad", .tensorFlowLegacy): true
        case ("RMSprop", _), ("Adagrad", _): false
        default: nil
        }
    }

    /// Whether the class computes the same thing in both families, but for ``addsEpsilonToRoot(_:_:)``.
    ///
    /// How Nadam's momentum grows is slower by a factor of 250 in the first two families (`schedule_decay` 0.004).
    static func agree(_ a: OptimizerFamily, _ b: OptimizerFamily, on className: String) -> Bool {
        className != "Nadam" || a.isOld == b.isOld
    }

    private var isOld: Bool { self == .standalone || self == .tensorFlowLegacy }
}
