import KerasFiles

/// In which order an optimizer's state is stored.
///
/// Facts: files of Keras 2.0.2 to 2.3.1, of TensorFlow 2.4 to 2.15 and of Keras 3.
struct OptimizerLayout: Sendable {
    enum Part: Sendable, Equatable {
        /// The number of steps so far.
        case iterations
        case learningRate
        /// One tensor for each trainable variable: all of these.
        case all(Slot)
        /// One tensor of each kind for the first variable, then for the second, and so on.
        case interleaved([Slot])
        /// As many tensors as trainable variables, which mean nothing.
        case placeholders
    }

    /// What is kept for every trainable variable, by the names of Keras 3.
    enum Slot: String, Sendable, Equatable {
        case momentum, velocity, velocityHat, averageGradient, accumulator
    }

    let parts: [Part]
    /// Whether the variables are in the order of their stored names, not in that of the model.
    var isSortedByName = false
}

extension OptimizerLayout {
    /// How the release that wrote a file may have stored it, likeliest first. `written` is the optimizer as the file describes it.
    static func candidates(_ className: String, _ config: JSONObject, written: JSON, by version: KerasVersion) -> [OptimizerLayout] {
        switch version.lineage {
        case .multiBackend: return [keras3(className, config)].compactMap { $0 }
        case .standalone: return standalone(className, config, version)
        case .tensorFlow:
            let isNew =
                written["config"]?["is_legacy_optimizer"]?.boolValue.map { !$0 }
                ?? (written["class_name"]?.stringValue?.hasPrefix("Custom>") == true)
            return [isNew ? tensorFlow(className, config) : tensorFlowLegacy(className, config)].compactMap { $0 }
        }
    }

    /// How Keras 3 stores it; nil for classes whose state is known only as it stands.
    static func keras3(_ className: String, _ config: JSONObject) -> OptimizerLayout? {
        guard config["use_ema"]?.boolValue != true, (config["gradient_accumulation_steps"] ?? .null).isNull else { return nil }
        let hasSchedule = config["learning_rate"]?.objectValue != nil
        let head: [Part] = hasSchedule ? [.iterations] : [.iterations, .learningRate]
        return slots(className, config).map { OptimizerLayout(parts: head + $0) }
    }

    /// The optimizers that TensorFlow has since 2.11: as in Keras 3, but for the learning rate and an SGD that always has a momentum.
    static func tensorFlow(_ className: String, _ config: JSONObject) -> OptimizerLayout? {
        guard config["use_ema"]?.boolValue != true else { return nil }
        let parts = className == "SGD" ? [.all(.momentum)] : slots(className, config)
        return parts.map { OptimizerLayout(parts: [.iterations] + $0) }
    }

    /// Those that TensorFlow had until then, and has as `legacy` since.
    static func tensorFlowLegacy(_ className: String, _ config: JSONObject) -> OptimizerLayout? {
        let parts: [Part]? =
            switch className {
            case "Adam":
                [.all(.momentum), .all(.velocity)] + (config["amsgrad"]?.boolValue == true ? [.all(.velocityHat)] : [])
            default: slots(className, config)
            }
        return parts.map { OptimizerLayout(parts: [.iterations] + $0) }
    }

    /// Keras up to 2.3.1.
    static func standalone(_ className: String, _ config: JSONObject, _ version: KerasVersion) -> [OptimizerLayout] {
        let slots: [[Part]] =
            switch className {
            case "SGD": [[.iterations, .all(.momentum)]]
            // A third group came with amsgrad, in 2.1, and is there without it.
            case "Adam" where config["amsgrad"]?.boolValue == true:
                [[.iterations, .all(.momentum), .all(.velocity), .all(.velocityHat)]]
            case "Adam":
                [[.iterations, .all(.momentum), .all(.velocity), .placeholders], [.iterations, .all(.momentum), .all(.velocity)]]
            // 2.3 counts the steps of every optimizer.
            case "RMSprop": [(version.isBefore(2, 3, 0) ? [] : [.iterations]) + [.all(.velocity)]]
            case "Adagrad": [(version.isBefore(2, 3, 0) ? [] : [.iterations]) + [.all(.accumulator)]]
            default: []
            }
        return slots.map { OptimizerLayout(parts: $0, isSortedByName: version.isBefore(2, 0, 6)) }
    }

    private static func slots(_ className: String, _ config: JSONObject) -> [Part]? {
        switch className {
        case "Adam", "AdamW":
            return [.interleaved([.momentum, .velocity])] + (config["amsgrad"]?.boolValue == true ? [.all(.velocityHat)] : [])
        case "SGD":
            return (config["momentum"]?.doubleValue ?? 0) == 0 ? [] : [.all(.momentum)]
        case "RMSprop":
            var parts: [Part] = [.all(.velocity)]
            if (config["momentum"]?.doubleValue ?? 0) > 0 { parts.append(.all(.momentum)) }
            if config["centered"]?.boolValue == true { parts.append(.all(.averageGradient)) }
            return parts
        case "Adagrad": return [.all(.accumulator)]
        default: return nil
        }
    }
}

extension KerasVersion {
    func isBefore(_ major: Int, _ minor: Int, _ patch: Int) -> Bool {
        (self.major, self.minor, self.patch) < (major, minor, patch)
    }
}
