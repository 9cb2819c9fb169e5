import KerasFiles

/// The optimizers that each family has, and what their configuration may say.
///
/// Facts: Keras 2.3.1, TensorFlow 2.4 to 2.15, Keras 3.0.5 and 3.15.1.
enum OptimizerKeys {
    /// The class by the name that any Keras has written, `Adam` for `Custom>Adam`; nil for one that no table tells.
    static func className(_ written: String) -> String? {
        let name = written.split(separator: ">").last.map(String.init) ?? written
        return own[name] == nil ? own.keys.first { $0.lowercased() == name.lowercased() } : name
    }

    static func hasClass(_ className: String, _ family: OptimizerFamily) -> Bool {
        switch family {
        case .standalone: old.contains(className) && className != "Ftrl"
        case .tensorFlowLegacy: old.contains(className)
        case .tensorFlow: old.contains(className) || ["AdamW", "Lion", "Adafactor"].contains(className)
        case .keras3: true
        }
    }

    static func hasKey(_ key: String, of className: String, _ family: OptimizerFamily) -> Bool {
        if own[className]?.contains(key) == true { return true }
        return switch family {
        case .standalone: shared.contains(key)
        case .tensorFlowLegacy: shared.contains(key) || key == "decay" || (key == "schedule_decay" && className == "Nadam")
        case .tensorFlow: shared.contains(key) || averaging.contains(key) || key == "weight_decay"
        case .keras3: shared.contains(key) || averaging.contains(key) || key == "weight_decay" || multiBackend.contains(key)
        }
    }

    /// Keys that change nothing with these values, or with any: how the same thing is computed, and what is switched off.
    static func isWithoutEffect(_ key: String, _ value: JSON, in config: JSONObject) -> Bool {
        switch key {
        case "jit_compile", "is_legacy_optimizer", "initial_decay": true
        case "decay": value.doubleValue == 0
        case "use_ema": value == false
        case "ema_momentum", "ema_overwrite_frequency": (config["use_ema"] ?? false) == false
        default: value.isNull
        }
    }

    /// What a constructor takes when it is told nothing.
    static func learningRate(_ className: String, _ family: OptimizerFamily) -> Double {
        switch className {
        case "SGD": 0.01
        case "Lion" where family == .tensorFlow: 0.0001
        case "ScheduleFreeAdamW": 0.0025
        default: 0.001
        }
    }

    private static let shared: Set = ["name", "learning_rate", "clipnorm", "global_clipnorm", "clipvalue"]
    private static let averaging: Set = ["use_ema", "ema_momentum", "ema_overwrite_frequency"]
    private static let multiBackend: Set = ["loss_scale_factor", "gradient_accumulation_steps"]

    private static let old: Set = ["SGD", "RMSprop", "Adam", "Adamax", "Nadam", "Adagrad", "Adadelta", "Ftrl"]

    private static let moments = ["beta_1", "beta_2", "epsilon"]

    private static let own: [String: Set<String>] = [
        "SGD": ["momentum", "nesterov"],
        "RMSprop": ["rho", "momentum", "epsilon", "centered"],
        "Adam": Set(moments + ["amsgrad"]), "AdamW": Set(moments + ["amsgrad"]),
        "Adamax": Set(moments), "Nadam": Set(moments),
        "Adagrad": ["initial_accumulator_value", "epsilon"], "Adadelta": ["rho", "epsilon"],
        "Lion": ["beta_1", "beta_2"],
        "Ftrl": [
            "learning_rate_power", "initial_accumulator_value", "l1_regularization_strength", "l2_regularization_strength",
            "l2_shrinkage_regularization_strength", "beta",
        ],
        "Adafactor": ["beta_2_decay", "epsilon_1", "epsilon_2", "clip_threshold", "relative_step"],
    ]

    static let schedules: Set = [
        "CosineDecay", "CosineDecayRestarts", "ExponentialDecay", "InverseTimeDecay", "PiecewiseConstantDecay", "PolynomialDecay",
    ]

    /// What came to Keras 3 after 3.5.
    static let newerThanKeras30: Set = ["Lamb", "Muon", "ScheduleFreeAdamW", "MultiOptimizer", "OptimizerMap"]
}
