import KerasFiles

/// An optimizer as the Keras of a dialect understands it.
struct TargetOptimizer {
    /// By its Keras 3 name.
    let className: String
    /// As the file has it: what the stored state follows.
    private let written: JSONObject
    private let source: OptimizerFamily
    private let target: OptimizerFamily
    private let version: KerasVersion
    private let dialect: KerasDialect
    /// As it is to be written.
    private(set) var config: JSONObject
    private(set) var repairs: [Repair] = []
    private let path: String
    /// What the file says, and whether that is what is to be written.
    private let original: JSON
    private let isUnchanged: Bool

    /// `description` is an object, or a name alone. `path` is the model's.
    init(_ description: JSON, by version: KerasVersion, path: String, for dialect: KerasDialect) throws(WriteReport.Reason) {
        self.path = path
        self.version = version
        self.dialect = dialect
        original = description
        source = OptimizerFamily(of: description, by: version)
        let writtenName = description.stringValue ?? description["class_name"]?.stringValue ?? ""
        written = description["config"]?.objectValue ?? [:]
        config = written

        if source == .keras3, dialect != .keras2 {
            guard dialect == .keras3 || !OptimizerKeys.newerThanKeras30.contains(writtenName) else { throw .unknownOptimizer(writtenName) }
            className = OptimizerKeys.className(writtenName) ?? writtenName
            target = .keras3
            isUnchanged = true
            return
        }
        guard let className = OptimizerKeys.className(writtenName) else { throw .unknownOptimizer(writtenName) }
        self.className = className
        if description.stringValue != nil { config["learning_rate"] = .float(OptimizerKeys.learningRate(className, source)) }
        target = try Self.family(of: className, written, from: source, for: dialect)
        isUnchanged = source == .tensorFlow && target == .tensorFlow && description.stringValue == nil
        guard !isUnchanged else { return }

        let newName = Self.name(className, target)
        if writtenName != newName { report(Repair(.classRenamed, layerPath: path, old: .string(writtenName), new: .string(newName))) }
        try settleKeys()
    }

    /// Whose optimizer the dialect has that computes the same; the oldest, which most releases read.
    private static func family(
        of className: String, _ written: JSONObject, from source: OptimizerFamily, for dialect: KerasDialect
    ) throws(WriteReport.Reason) -> OptimizerFamily {
        guard dialect == .keras2 else { return .keras3 }
        if source == .tensorFlow { return .tensorFlow }
        let families: [OptimizerFamily] = [.tensorFlowLegacy, .tensorFlow].filter { OptimizerKeys.hasClass(className, $0) }
        guard !families.isEmpty else { throw .unknownOptimizer(className) }
        let same = families.first { family in
            let hasKeys = source != .keras3 || written.allSatisfy { key, value in
                OptimizerKeys.hasKey(key, of: className, family) || OptimizerKeys.isWithoutEffect(key, value, in: written)
            }
            return hasKeys && OptimizerFamily.agree(source, family, on: className)
                && source.addsEpsilonToRoot(className, written) == family.addsEpsilonToRoot(className, written)
        }
        return same ?? families[families.count - 1]
    }

    private static func name(_ className: String, _ family: OptimizerFamily) -> String {
        family == .tensorFlow ? "Custom>" + className : className
    }

    private mutating func report(_ repair: Repair) { repairs.append(repair) }

    private mutating func set(_ key: String, to value: JSON, _ kind: Repair.Kind = .valueTranslated) {
        guard config[key] != value else { return }
        report(Repair(kind, layerPath: path, key: key, old: config[key], new: value))
        config[key] = value
    }
}

// MARK: Configuration

extension TargetOptimizer {
    /// As a configuration has it.
    var description: JSON {
        // HDF5 of Keras 3 does not say where the class is found, and archives have to.
        let lacksModule = target == .keras3 && original["config"] != nil && original["module"] == nil && OptimizerKeys.className(className) != nil
        if isUnchanged, !lacksModule { return original }
        guard target == .keras3 else { return ["class_name": .string(Self.name(className, target)), "config": .object(config)] }
        return ["module": "keras.optimizers", "class_name": .string(className), "config": .object(config), "registered_name": nil]
    }

    private mutating func settleKeys() throws(WriteReport.Reason) {
        rename("lr", to: "learning_rate")
        // Keras up to 2.3.1 means the norm of all gradients together.
        if source == .standalone { rename("clipnorm", to: "global_clipnorm") }
        settleNadam()
        try settleLearningRate()
        settleEpsilon()
        if className == "Adagrad", source == .standalone, config["initial_accumulator_value"] == nil {
            set("initial_accumulator_value", to: 0.0, .defaultFilled)
        }
        for (key, value) in config where !OptimizerKeys.hasKey(key, of: className, target) {
            guard OptimizerKeys.isWithoutEffect(key, value, in: config) else { throw .unknownKey(key) }
            config.removeValue(forKey: key)
            report(Repair(.keyRemoved, layerPath: path, key: key, old: value))
        }
        // Constructors insist on floating point.
        for key in ["learning_rate", "momentum"] {
            if case .integer(let value)? = config[key] { set(key, to: .float(Double(value))) }
        }
        let clips = ["clipvalue", "global_clipnorm", "clipnorm"]
        let given = clips.filter { !(config[$0] ?? .null).isNull }
        if target == .keras3, given.count > 1 { throw .unknownKey(given[0]) }
        switch target {
        case .tensorFlow: (config["jit_compile"], config["is_legacy_optimizer"]) = (false, false)
        // Earlier ones take no null for what they are not given.
        case .tensorFlowLegacy: for key in clips where !given.contains(key) { config.removeValue(forKey: key) }
        default: break
        }
    }

    private mutating func rename(_ old: String, to new: String) {
        guard config.rename(old, to: new) else { return }
        report(Repair(.keyRenamed, layerPath: path, key: old, old: .string(old), new: .string(new)))
    }

    private mutating func settleEpsilon() {
        guard let epsilon = config["epsilon"] else { return }
        // Whatever Keras is set to, which is this unless someone changes it.
        if epsilon.isNull { set("epsilon", to: 1e-07, .defaultFilled) }
        guard let value = config["epsilon"]?.doubleValue, source.addsEpsilonToRoot(className, written) == true,
            target.addsEpsilonToRoot(className, config) == false
        else { return }
        // sqrt(v) + e against sqrt(v + e^2): the same where v is zero, and within e / sqrt(v) of each other elsewhere.
        set("epsilon", to: .float(value * value), .approximated)
    }

    /// What the older families call `decay` in a Nadam is how its momentum grows, and the others have no choice there.
    private mutating func settleNadam() {
        guard className == "Nadam", source == .standalone || source == .tensorFlowLegacy else { return }
        let key = source == .standalone ? "schedule_decay" : "decay"
        guard !OptimizerFamily.agree(source, target, on: className), let value = config.removeValue(forKey: key) else { return }
        report(Repair(.approximated, layerPath: path, key: key, old: value, new: nil))
    }

    private mutating func settleLearningRate() throws(WriteReport.Reason) {
        if let schedule = config["learning_rate"]?.objectValue {
            let className = schedule["class_name"]?.stringValue ?? ""
            guard OptimizerKeys.schedules.contains(className), let inner = schedule["config"]?.objectValue else {
                throw .unknownFunction(className)
            }
            config["learning_rate"] = scheduled(className, inner)
        } else if target == .keras3, let decay = config["decay"], let rate = config["learning_rate"], decay.doubleValue ?? 0 != 0 {
            // rate / (1 + decay * step)
            let schedule = scheduled(
                "InverseTimeDecay",
                ["initial_learning_rate": rate, "decay_steps": 1, "decay_rate": decay, "staircase": false, "name": "InverseTimeDecay"])
            config.removeValue(forKey: "decay")
            report(Repair(.valueTranslated, layerPath: path, key: "decay", old: decay, new: schedule))
            config["learning_rate"] = schedule
        }
    }

    private func scheduled(_ className: String, _ config: JSONObject) -> JSON {
        guard target == .keras3 else { return ["class_name": .string(className), "config": .object(config)] }
        return [
            "module": "keras.optimizers.schedules", "class_name": .string(className), "config": .object(config), "registered_name": nil,
        ]
    }
}

// MARK: State

extension TargetOptimizer {
    /// What it is called where its state is stored.
    var name: String { config["name"]?.stringValue ?? ObjectNames.snakeCase(className) }

    /// The stored state in the order of the dialect.
    ///
    /// - Parameter root: the model to be written, whose weights have the places that they had in `model`.
    /// - Throws: why it cannot be carried over.
    func state(
        _ stored: WeightGroup, of model: KerasModel, for root: KerasLayer
    ) throws(WriteReport.Reason) -> [OptimizerState.Part] {
        // Nadam apart, Keras 3 always had the same order, and optimizers that we do not know are among them.
        guard !isUnchanged || (className == "Nadam" && source == .keras3) else { return stored.weights.map { ($0.name, $0.tensor) } }
        guard OptimizerFamily.agree(source, target, on: className) else { throw .otherRule(className) }
        guard !candidates.isEmpty, let layout else { throw .unknownOptimizer(className) }
        let variables = try TrainedVariable.all(of: model.root, in: model)
        let wanted = try TrainedVariable.all(of: root, in: model)
        guard variables.count == wanted.count else { throw .wrongShape }
        for candidate in candidates {
            guard let state = OptimizerState(stored.weights.map(\.tensor), candidate, variables: variables),
                let parts = state.parts(layout, variables: wanted, config: config)
            else { continue }
            return parts
        }
        throw .wrongShape
    }

    /// The orders in which the file may have it, likeliest first.
    var candidates: [OptimizerLayout] { OptimizerLayout.candidates(className, written, source, by: version) }

    /// The order that the dialect has for it; nil where nobody knows, or where its releases do not read all of it.
    private var layout: OptimizerLayout? {
        switch target {
        case .keras3: .keras3(className, config, productFirst: dialect == .keras30)
        // What it does not read it begins anew.
        case .tensorFlow: className == "Nadam" ? nil : .tensorFlow(className, config)
        case .tensorFlowLegacy: .tensorFlowLegacy(className, config)
        case .standalone: nil
        }
    }
}
