import KerasFiles

/// The optimizers of Keras 3 and what their configuration may say.
///
/// Facts: Keras 3.15.1.
enum OptimizerKeys {
    /// The class by the name that any Keras has written, `Adam` for `Custom>Adam`; nil for one that Keras 3 does not have.
    static func className(_ written: String) -> String? {
        let name = written.split(separator: ">").last.map(String.init) ?? written
        return own[name] == nil ? own.keys.first { $0.lowercased() == name.lowercased() } : name
    }

    static func hasKey(_ key: String, of className: String) -> Bool {
        shared.contains(key) || own[className]?.contains(key) == true
    }

    /// Keys that mean nothing in Keras 3 with these values, or with any: how the same thing is computed, and what stands elsewhere.
    static func isWithoutMeaning(_ key: String, _ value: JSON) -> Bool {
        switch key {
        case "jit_compile", "is_legacy_optimizer", "initial_decay": true
        case "decay": value.doubleValue == 0
        // What Keras 3 has built in.
        case "schedule_decay": value.doubleValue == 0.004
        default: false
        }
    }

    private static let shared: Set = [
        "name", "learning_rate", "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema", "ema_momentum",
        "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps",
    ]

    private static let moments = ["beta_1", "beta_2", "epsilon"]

    private static let own: [String: Set<String>] = [
        "SGD": ["momentum", "nesterov"],
        "RMSprop": ["rho", "momentum", "epsilon", "centered"],
        "Adam": Set(moments + ["amsgrad"]), "AdamW": Set(moments + ["amsgrad"]),
        "Adamax": Set(moments), "Nadam": Set(moments), "Lamb": Set(moments),
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
}
