import KerasFiles

/// Small objects that stand in the configuration of layers: initializers, regularizers, constraints. What Keras 3 calls them, in
/// which module it looks for them, and what it lets them say.
///
/// Facts: Keras 3.15.1.
struct ConfiguredObject: Sendable {
    /// The public module: `keras.initializers`.
    let module: String
    let className: String
    /// The arguments of the constructor.
    let keys: Set<String>

    /// By the names that any Keras has written.
    static let table: [String: ConfiguredObject] = {
        var table: [String: ConfiguredObject] = [:]
        for (module, classes) in [
            ("keras.initializers", initializers), ("keras.regularizers", regularizers), ("keras.constraints", constraints),
        ] {
            for (name, keys) in classes {
                table[name] = ConfiguredObject(module: module, className: name, keys: Set(keys))
            }
        }
        for (old, new) in renamed { table[old] = table[new] }
        return table
    }()

    private static let drawn = ["seed", "input_axes", "output_axes"]

    /// The arguments that Keras 3.15 has added.
    private static let later: Set = ["input_axes", "output_axes"]

    func keys(in dialect: KerasDialect) -> Set<String> {
        switch dialect {
        case .keras3, .asWritten: keys
        case .keras30, .keras2: keys.subtracting(Self.later)
        }
    }

    /// Keras 3.0 to 3.6 has three of its own names.
    func className(in dialect: KerasDialect) -> String {
        dialect == .keras30 && Self.renamed[className + "Initializer"] != nil ? className + "Initializer" : className
    }

    private static let initializers: [(String, [String])] = [
        ("Zeros", []), ("Ones", []), ("Constant", ["value"]),
        ("RandomNormal", ["mean", "stddev", "seed"]), ("TruncatedNormal", ["mean", "stddev", "seed"]),
        ("RandomUniform", ["minval", "maxval", "seed"]),
        ("VarianceScaling", ["scale", "mode", "distribution"] + drawn),
        ("GlorotUniform", drawn), ("GlorotNormal", drawn), ("HeUniform", drawn), ("HeNormal", drawn),
        ("LecunUniform", drawn), ("LecunNormal", drawn),
        ("Orthogonal", ["gain", "seed"]), ("Identity", ["gain"]), ("STFT", ["side", "window", "scaling", "periodic"]),
    ]
    private static let regularizers: [(String, [String])] = [
        ("L1", ["l1"]), ("L2", ["l2"]), ("L1L2", ["l1", "l2"]), ("OrthogonalRegularizer", ["factor", "mode"]),
    ]
    private static let constraints: [(String, [String])] = [
        ("MaxNorm", ["max_value", "axis"]), ("UnitNorm", ["axis"]), ("NonNeg", []),
        ("MinMaxNorm", ["min_value", "max_value", "rate", "axis"]),
    ]
    private static let renamed = [
        // Keras 3.0 to 3.6.
        "OrthogonalInitializer": "Orthogonal", "IdentityInitializer": "Identity", "STFTInitializer": "STFT",
        // TensorFlow 1.
        "RandomNormalV2": "RandomNormal", "RandomUniformV2": "RandomUniform", "GlorotUniformV2": "GlorotUniform",
    ]
}

/// Where Keras looks for a class of layers of its own.
enum LayerModules {
    static func module(of className: String, in dialect: KerasDialect) -> (module: String, registeredName: String?) {
        switch className {
        case "Functional" where dialect == .keras2: ("keras.src.engine.functional", "Functional")
        case "Functional": ("keras.src.models.functional", "Functional")
        case "Sequential": ("keras", nil)
        default: ("keras.layers", nil)
        }
    }
}
