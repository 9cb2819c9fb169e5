import KerasFiles

/// What a model was compiled with, as `compile_config` of Keras 3 says it.
package struct TargetTraining {
    package private(set) var configuration: JSONObject = [:]
    private(set) var repairs: [Repair] = []
    package private(set) var dropped: [WriteReport.Dropped] = []
    /// The optimizer's class in Keras 3, and its configuration.
    private(set) var optimizer: (className: String, config: JSONObject)?
    private let path: String

    /// Why something is left out.
    private typealias Failure = WriteReport.Reason

    /// `written` is `training_config` of legacy HDF5 or `compile_config` of an archive. `path` is the model's.
    package init(_ written: JSON, path: String) {
        self.path = path
        do throws(WriteReport.Reason) {
            try translate(written.objectValue ?? [:])
        } catch {
            configuration = [:]
            optimizer = nil
            dropped = [WriteReport.Dropped(part: .trainingConfiguration, reason: error)]
        }
    }

    private mutating func translate(_ written: JSONObject) throws(WriteReport.Reason) {
        if let described = written["optimizer_config"] ?? written["optimizer"], !described.isNull {
            configuration["optimizer"] = try optimizer(described)
        }
        configuration["loss"] = try structure(written["loss"] ?? .null, loss)
        configuration["loss_weights"] = written["loss_weights"] ?? .null
        for key in ["metrics", "weighted_metrics"] {
            do throws(WriteReport.Reason) {
                configuration[key] = try metrics(written[key] ?? .null)
            } catch {
                configuration[key] = .null
                dropped.append(WriteReport.Dropped(part: .metrics, reason: error))
            }
        }
        for key in ["run_eagerly", "steps_per_execution", "jit_compile", "auto_scale_loss"] {
            if let value = written[key] { configuration[key] = value }
        }
    }

    /// Lists and dictionaries of what `body` translates.
    private mutating func structure(
        _ value: JSON, _ body: (inout TargetTraining, JSON) throws(WriteReport.Reason) -> JSON
    ) throws(WriteReport.Reason) -> JSON {
        switch value {
        case .array(let elements):
            var result: [JSON] = []
            for element in elements { result.append(try structure(element, body)) }
            return .array(result)
        case .object(let object) where object["class_name"] == nil:
            var result: JSONObject = [:]
            for (key, element) in object { result[key] = try structure(element, body) }
            return .object(result)
        case .null: return .null
        default: return try body(&self, value)
        }
    }

    private mutating func change(_ key: String, _ old: JSON, _ new: JSON, _ kind: Repair.Kind = .valueTranslated) {
        guard old != new else { return }
        repairs.append(Repair(kind, layerPath: path, key: key, old: old, new: new))
    }
}

// MARK: Losses and metrics

extension TargetTraining {
    private func loss(_ training: inout TargetTraining, _ value: JSON) throws(WriteReport.Reason) -> JSON {
        if let name = value.stringValue { return try training.name(name, among: TrainingNames.losses, "loss") }
        return try training.object(value, module: "keras.losses", classes: TrainingNames.lossClasses, "loss")
    }

    private mutating func metrics(_ value: JSON) throws(WriteReport.Reason) -> JSON {
        let result = try structure(value) { (training, value) throws(WriteReport.Reason) in
            if let name = value.stringValue { return try training.name(name, among: TrainingNames.metrics, "metrics") }
            return try training.object(value, module: "keras.metrics", classes: TrainingNames.metricClasses, "metrics")
        }
        // TensorFlow 2.3 onwards has a list for each output, also where there is one.
        if case .array(let outputs) = result, outputs.count == 1, case .array = outputs[0] { return outputs[0] }
        return result
    }

    private mutating func name(_ written: String, among names: Set<String>, _ key: String) throws(WriteReport.Reason) -> JSON {
        let name = TrainingNames.renamed[written] ?? written
        guard names.contains(name) else { throw .unknownFunction(written) }
        change(key, .string(written), .string(name))
        return .string(name)
    }

    private mutating func object(
        _ value: JSON, module: String, classes: Set<String>, _ key: String
    ) throws(WriteReport.Reason) -> JSON {
        guard let className = value["class_name"]?.stringValue else { throw .unknownFunction(value.serialized()) }
        if className == "function", let name = value["config"]?.stringValue { return try self.name(name, among: classes == TrainingNames.lossClasses ? TrainingNames.losses : TrainingNames.metrics, key) }
        guard classes.contains(className), ClassNames.isKeras(module: value["module"]?.stringValue) else { throw .unknownFunction(className) }
        var config = value["config"]?.objectValue ?? [:]
        if config["reduction"] == "auto" {
            change(key, "auto", "sum_over_batch_size")
            config["reduction"] = "sum_over_batch_size"
        }
        if let function = config["fn"] {
            guard className == "MeanMetricWrapper" else {
                config.removeValue(forKey: "fn")
                return described(module, className, config)
            }
            let name = try self.name(function.stringValue ?? function["config"]?.stringValue ?? "", among: TrainingNames.metrics, key)
            config["fn"] = ["module": "builtins", "class_name": "function", "config": name, "registered_name": "function"]
        }
        return described(module, className, config)
    }

    private func described(_ module: String, _ className: String, _ config: JSONObject) -> JSON {
        ["module": .string(module), "class_name": .string(className), "config": .object(config), "registered_name": nil]
    }
}

// MARK: Optimizers

extension TargetTraining {
    private mutating func optimizer(_ written: JSON) throws(WriteReport.Reason) -> JSON {
        if let name = written.stringValue {
            guard OptimizerKeys.className(name) != nil else { throw .unknownOptimizer(name) }
            return written
        }
        let writtenName = written["class_name"]?.stringValue ?? ""
        guard let className = OptimizerKeys.className(writtenName), var config = written["config"]?.objectValue else {
            throw .unknownOptimizer(writtenName)
        }
        if writtenName != className { repairs.append(Repair(.classRenamed, layerPath: path, old: .string(writtenName), new: .string(className))) }
        if config.rename("lr", to: "learning_rate") {
            repairs.append(Repair(.keyRenamed, layerPath: path, key: "lr", old: "lr", new: "learning_rate"))
        }
        try settleLearningRate(&config)
        for (key, value) in config where !OptimizerKeys.hasKey(key, of: className) {
            guard OptimizerKeys.isWithoutMeaning(key, value) else { throw .unknownKey(key) }
            config.removeValue(forKey: key)
            repairs.append(Repair(.keyRemoved, layerPath: path, key: key, old: value))
        }
        if config["epsilon"] == .null {
            // Whatever Keras is set to, which is this unless someone changes it.
            config["epsilon"] = 1e-07
            repairs.append(Repair(.defaultFilled, layerPath: path, key: "epsilon", old: .null, new: 1e-07))
        }
        optimizer = (className, config)
        return described("keras.optimizers", className, config)
    }

    private mutating func settleLearningRate(_ config: inout JSONObject) throws(WriteReport.Reason) {
        if let schedule = config["learning_rate"]?.objectValue {
            let className = schedule["class_name"]?.stringValue ?? ""
            guard OptimizerKeys.schedules.contains(className), let inner = schedule["config"]?.objectValue else {
                throw .unknownFunction(className)
            }
            config["learning_rate"] = described("keras.optimizers.schedules", className, inner)
        } else if let decay = config["decay"], let rate = config["learning_rate"], decay.doubleValue ?? 0 != 0 {
            // rate / (1 + decay * step)
            let schedule = described(
                "keras.optimizers.schedules", "InverseTimeDecay",
                ["initial_learning_rate": rate, "decay_steps": 1, "decay_rate": decay, "staircase": false, "name": "InverseTimeDecay"])
            config.removeValue(forKey: "decay")
            change("decay", decay, schedule)
            config["learning_rate"] = schedule
        }
    }
}
