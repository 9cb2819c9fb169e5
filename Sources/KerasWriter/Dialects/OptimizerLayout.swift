import KerasFiles

/// What an optimizer keeps, in the order in which files have it.
///
/// Facts: files of Keras 2.0.2 to 2.3.1, of TensorFlow 2.4 to 2.15 and of Keras 3.
struct OptimizerLayout: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        /// The number of steps so far.
        case iterations
        case learningRate
        /// One tensor for each trainable variable: all of these.
        case all(Slot)
        /// One tensor of each kind for the first variable, then for the second, and so on.
        case interleaved([Slot])
        /// Adafactor: averages over rows and over columns for a matrix, which other variables have no use for and which are numbers in
        /// their place or, without `fillers`, nothing; then the mean square.
        case factored(fillers: Bool)
        /// Nadam: the product of the momenta of all steps so far.
        case momentumProduct
        /// As many tensors as trainable variables, which mean nothing.
        case placeholders
    }

    /// What is kept for every trainable variable, by the names of Keras 3.
    enum Slot: String, Sendable, Equatable {
        case average, gradientAccumulator = "gradient_accumulator"
        case momentum, velocity, velocityHat = "velocity_hat", averageGradient = "average_gradient", norm, accumulator, linear
        case accumulatedGradient = "accumulated_grad", accumulatedDelta = "accumulated_delta_var"
        // Of Adafactor, with other shapes than the variable's.
        case rows = "r", columns = "c"
    }

    let parts: [Part]
    /// Whether the variables are in the order of their stored names, not in that of the model.
    var isSortedByName = false
}

extension OptimizerLayout {
    /// How the optimizer of a file may be stored, likeliest first; none for classes whose state nobody knows. `config` is as the file has
    /// it.
    static func candidates(
        _ className: String, _ config: JSONObject, _ family: OptimizerFamily, by version: KerasVersion
    ) -> [OptimizerLayout] {
        switch family {
        case .standalone: standalone(className, config, version)
        case .tensorFlowLegacy: [tensorFlowLegacy(className, config)].compactMap { $0 }
        case .tensorFlow: [tensorFlow(className, config)].compactMap { $0 }
        case .keras3: [keras3(className, config, productFirst: version.isBefore(3, 6, 0))].compactMap { $0 }
        }
    }

    /// Keras 3. `productFirst`: whether Nadam's product comes before the rest, as in its earlier releases.
    static func keras3(_ className: String, _ config: JSONObject, productFirst: Bool) -> OptimizerLayout? {
        guard var slots = slots(className, config) else { return nil }
        if className == "Nadam" { slots.insert(.momentumProduct, at: productFirst ? 0 : slots.endIndex) }
        var parts: [Part] = config["learning_rate"]?.objectValue == nil ? [.iterations, .learningRate] : [.iterations]
        if config["use_ema"]?.boolValue == true { parts.append(.all(.average)) }
        if !(config["gradient_accumulation_steps"] ?? .null).isNull { parts.append(.all(.gradientAccumulator)) }
        return OptimizerLayout(parts: parts + slots)
    }

    /// TensorFlow since 2.11: as in Keras 3, but for the learning rate, an SGD that always has a momentum, and Nadam's product, which is
    /// not stored.
    static func tensorFlow(_ className: String, _ config: JSONObject) -> OptimizerLayout? {
        let slots: [Part]? =
            switch className {
            case "SGD": [.all(.momentum)]
            case "Adafactor": [.factored(fillers: false)]
            default: slots(className, config)
            }
        let averages: [Part] = config["use_ema"]?.boolValue == true ? [.all(.average)] : []
        return slots.map { OptimizerLayout(parts: [.iterations] + averages + $0) }
    }

    /// TensorFlow until then, and `legacy` since.
    static func tensorFlowLegacy(_ className: String, _ config: JSONObject) -> OptimizerLayout? {
        let slots: [Part]? =
            switch className {
            case "Adam": adam(config)
            case "Adamax": [.all(.momentum), .all(.norm)]
            case "Adadelta": [.all(.accumulatedGradient), .all(.accumulatedDelta)]
            case "SGD", "RMSprop", "Adagrad", "Ftrl": slots(className, config)
            default: nil
            }
        return slots.map { OptimizerLayout(parts: [.iterations] + $0) }
    }

    /// Keras up to 2.3.1.
    private static func standalone(_ className: String, _ config: JSONObject, _ version: KerasVersion) -> [OptimizerLayout] {
        let slots: [[Part]] =
            switch className {
            case "SGD": [[.all(.momentum)]]
            // A third group came with amsgrad, in 2.1, and is there without it.
            case "Adam": config["amsgrad"]?.boolValue == true ? [adam(config)] : [adam(config) + [.placeholders], adam(config)]
            case "Adamax": [[.all(.momentum), .all(.norm)]]
            case "RMSprop": [[.all(.velocity)]]
            case "Adagrad": [[.all(.accumulator)]]
            case "Adadelta": [[.all(.accumulatedGradient), .all(.accumulatedDelta)]]
            default: []
            }
        // 2.3 counts the steps of every optimizer; before, it was those that need to know.
        let counts = !version.isBefore(2, 3, 0) || ["SGD", "Adam", "Adamax"].contains(className)
        return slots.map { OptimizerLayout(parts: (counts ? [.iterations] : []) + $0, isSortedByName: version.isBefore(2, 0, 6)) }
    }

    private static func adam(_ config: JSONObject) -> [Part] {
        [.all(.momentum), .all(.velocity)] + (config["amsgrad"]?.boolValue == true ? [.all(.velocityHat)] : [])
    }

    private static func slots(_ className: String, _ config: JSONObject) -> [Part]? {
        switch className {
        case "Adam", "AdamW":
            return [.interleaved([.momentum, .velocity])] + (config["amsgrad"]?.boolValue == true ? [.all(.velocityHat)] : [])
        case "Nadam", "Lamb": return [.interleaved([.momentum, .velocity])]
        case "Adamax": return [.interleaved([.momentum, .norm])]
        case "Adadelta": return [.interleaved([.accumulatedGradient, .accumulatedDelta])]
        case "Ftrl": return [.interleaved([.accumulator, .linear])]
        case "Lion": return [.all(.momentum)]
        case "Adagrad": return [.all(.accumulator)]
        case "Adafactor": return [.factored(fillers: true)]
        case "SGD": return (config["momentum"]?.doubleValue ?? 0) == 0 ? [] : [.all(.momentum)]
        case "RMSprop":
            var parts: [Part] = [.all(.velocity)]
            if (config["momentum"]?.doubleValue ?? 0) > 0 { parts.append(.all(.momentum)) }
            if config["centered"]?.boolValue == true { parts.append(.all(.averageGradient)) }
            return parts
        default: return nil
        }
    }
}

extension KerasVersion {
    func isBefore(_ major: Int, _ minor: Int, _ patch: Int) -> Bool {
        (self.major, self.minor, self.patch) < (major, minor, patch)
    }
}
