import KerasFiles

/// What a model was compiled with, as the Keras of a dialect says it.
package struct TargetTraining {
    /// `compile_config` of an archive, `training_config` of legacy HDF5 but for the optimizer's key. Empty when nothing of it can be said.
    package private(set) var configuration: JSONObject = [:]
    private(set) var repairs: [Repair] = []
    package private(set) var dropped: [WriteReport.Dropped] = []
    private(set) var optimizer: TargetOptimizer?
    private(set) var state: State?
    private let path: String
    private let dialect: KerasDialect

    /// What the optimizer keeps, in the order of the dialect.
    struct State {
        var name: String
        var parts: [OptimizerState.Part]
        /// Of an optimizer inside another one, as the file has it.
        var inner: [WeightGroup]
    }

    /// Takes `training_config` of legacy HDF5 or `compile_config` of an archive.
    package init(_ written: JSON, of model: KerasModel, for dialect: KerasDialect) {
        path = model.root.path
        self.dialect = dialect
        let written = written.objectValue ?? [:]
        do throws(WriteReport.Reason) {
            if let description = written["optimizer_config"] ?? written["optimizer"], !description.isNull {
                let optimizer = try TargetOptimizer(description, by: model.version, path: path, for: dialect)
                repairs = optimizer.repairs
                configuration["optimizer"] = optimizer.description
                self.optimizer = optimizer
            }
        } catch {
            // Keras would take another one, without a word.
            dropped = [WriteReport.Dropped(part: .trainingConfiguration, reason: error)]
            return
        }
        // Between files of Keras 3 the author's own functions are found, or not, as they were.
        let isKept = model.version.lineage == .multiBackend && dialect == .keras3
        configuration["loss"] = isKept ? written["loss"] ?? .null : structure(written["loss"] ?? .null, .losses) ?? .null
        configuration["loss_weights"] = written["loss_weights"] ?? .null
        for key in ["metrics", "weighted_metrics"] {
            let value = written[key] ?? .null
            configuration[key] = isKept ? value : Self.unwrapped(structure(value, .metrics) ?? .null)
        }
        for key in ["run_eagerly", "steps_per_execution", "jit_compile", "auto_scale_loss"] where dialect != .keras2 {
            guard let value = written[key] else { continue }
            // TensorFlow writes what nobody chose as null, which Keras 3 takes for a choice.
            guard value.isNull, model.version.lineage != .multiBackend else { configuration[key] = value; continue }
            report(Repair(.keyRemoved, layerPath: path, key: key, old: value))
        }
        if let mode = written["sample_weight_mode"] {
            if dialect == .keras2 { configuration["sample_weight_mode"] = mode }
            // Weights of any shape are taken as they come.
            else if !mode.isNull { report(Repair(.keyRemoved, layerPath: path, key: "sample_weight_mode", old: mode)) }
        }
    }

    /// Lists and dictionaries of losses or metrics. What cannot be said is left out of a list and null elsewhere, and is reported.
    private mutating func structure(_ value: JSON, _ names: TrainingNames) -> JSON? {
        switch value {
        case .null: return .null
        case .array(let elements):
            // A loss belongs to the output at its place.
            return .array(elements.compactMap { structure($0, names) ?? (names.part == .loss ? JSON.null : JSON?.none) })
        case .object(let object) where object["class_name"] == nil:
            var result: JSONObject = [:]
            for (key, element) in object { result[key] = structure(element, names) ?? .null }
            return .object(result)
        default:
            do throws(WriteReport.Reason) {
                return try one(value, names)
            } catch {
                dropped.append(WriteReport.Dropped(part: names.part, reason: error))
                return nil
            }
        }
    }

    /// TensorFlow 2.3 onwards has a list of metrics for each output, also where there is one.
    private static func unwrapped(_ metrics: JSON) -> JSON {
        if case .array(let outputs) = metrics, outputs.count == 1, case .array = outputs[0] { return outputs[0] }
        return metrics
    }

    private mutating func report(_ repair: Repair) { repairs.append(repair) }

    private mutating func change(_ names: TrainingNames, _ old: JSON, _ new: JSON, _ kind: Repair.Kind = .valueTranslated) {
        guard old != new else { return }
        report(Repair(kind, layerPath: path, key: names.part.rawValue, old: old, new: new))
    }
}

// MARK: State

extension TargetTraining {
    /// Takes over what the optimizer of `model` keeps, to `root`, the same model in the dialect. `isRescaled`: whether the weights of some
    /// layer are others than the stored ones.
    mutating func carryState(of model: KerasModel, to root: KerasLayer, isRescaled: Bool) {
        guard let stored = model.optimizerWeights, !stored.weights.isEmpty else { return }
        do throws(WriteReport.Reason) {
            guard let optimizer else { throw .noOptimizer }
            guard !isRescaled else { throw .weightsScaled }
            state = State(
                name: stored.label ?? optimizer.name, parts: try optimizer.state(stored, of: model, for: root),
                inner: model.otherWeights.filter { Self.isInner($0) })
        } catch {
            dropped.append(WriteReport.Dropped(part: .optimizerWeights, reason: error))
        }
    }

    /// Whether the weights belong to an optimizer inside the one whose state is written.
    func keeps(_ group: WeightGroup) -> Bool { state != nil && Self.isInner(group) }

    private static func isInner(_ group: WeightGroup) -> Bool { group.name.hasPrefix(ObjectPaths.optimizer + "/") }
}

// MARK: Losses and metrics

extension TargetTraining {
    private mutating func one(_ value: JSON, _ names: TrainingNames) throws(WriteReport.Reason) -> JSON {
        if let name = value.stringValue { return .string(try function(name, names)) }
        guard let className = value["class_name"]?.stringValue else { throw .unknownFunction(value.serialized()) }
        if className == "function" { return .string(try function(value["config"]?.stringValue ?? "", names)) }
        guard names.hasClass(className, for: dialect), ClassNames.isKeras(module: value["module"]?.stringValue) else {
            throw .unknownFunction(className)
        }
        return described(names, className, try settled(value["config"]?.objectValue ?? [:], of: className, names))
    }

    private mutating func function(_ written: String, _ names: TrainingNames) throws(WriteReport.Reason) -> String {
        guard let name = names.function(written, for: dialect) else { throw .unknownFunction(written) }
        change(names, .string(written), .string(name))
        return name
    }

    private mutating func settled(
        _ written: JSONObject, of className: String, _ names: TrainingNames
    ) throws(WriteReport.Reason) -> JSONObject {
        var config = written
        if let reduction = config["reduction"]?.stringValue {
            if reduction == "auto", dialect != .keras2 { config["reduction"] = "sum_over_batch_size" }
            guard dialect == .keras3 || TrainingNames.reductions.contains(reduction) else { throw .unknownKey("reduction") }
            change(names, .string(reduction), config["reduction"] ?? .null)
        }
        // A policy stands for its name.
        if let policy = config["dtype"]?["config"]?["name"], dialect != .keras3 { config["dtype"] = policy }
        for (key, value) in config where names.isNewer(key, of: className, for: dialect) {
            guard names.isWithoutEffect(key, value, of: className, for: dialect) else { throw .unknownKey(key) }
            config.removeValue(forKey: key)
        }
        guard let written = config["fn"] else { return config }
        guard className == "MeanMetricWrapper" else {
            // TensorFlow up to 2.12 says what the class says.
            config.removeValue(forKey: "fn")
            return config
        }
        let name = JSON.string(try function(written.stringValue ?? written["config"]?.stringValue ?? "", names))
        config["fn"] =
            dialect == .keras2 ? name : ["module": "builtins", "class_name": "function", "config": name, "registered_name": "function"]
        return config
    }

    private func described(_ names: TrainingNames, _ className: String, _ config: JSONObject) -> JSON {
        guard dialect != .keras2 else { return ["class_name": .string(className), "config": .object(config)] }
        return ["module": .string(names.module), "class_name": .string(className), "config": .object(config), "registered_name": nil]
    }
}
