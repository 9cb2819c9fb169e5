import KerasFiles

/// Losses and metrics by the names that training configurations have for them, and what can be said of them.
///
/// Facts: Keras 3.15.1 and 3.0.5, TensorFlow 2.4 to 2.15 and Keras 2.3.1.
struct TrainingNames: Sendable {
    let part: WriteReport.Part
    /// Where Keras 3 looks for the classes.
    let module: String
    let functions: Set<String>
    let classes: Set<String>

    /// Losses.
    static let losses = TrainingNames(part: .loss, module: "keras.losses", functions: lossFunctions, classes: lossClasses)
    /// Metrics.
    static let metrics = TrainingNames(part: .metrics, module: "keras.metrics", functions: metricFunctions, classes: metricClasses)

    /// What Keras calls the function that a configuration calls `name`; nil when the Keras that a file is for has none.
    func function(_ name: String, for dialect: KerasDialect) -> String? {
        // Standalone Keras counts a similarity as a metric downwards, as losses do; others count it upwards.
        guard part == .loss || !name.hasPrefix("cosine_proximity") else { return nil }
        let name = Self.renamed[name] ?? name
        return functions.contains(name) && !Self.newerFunctions(dialect).contains(name) ? name : nil
    }

    func hasClass(_ name: String, for dialect: KerasDialect) -> Bool {
        classes.contains(name) && !Self.newerClasses(dialect).contains(name)
    }

    /// Whether the Keras that a file is for does without the key, which says what it does anyway.
    func isWithoutEffect(_ key: String, _ value: JSON, of className: String, for dialect: KerasDialect) -> Bool {
        switch (key, className) {
        // Losses of Keras 3.4 onwards.
        case ("dtype", _): part == .loss && dialect != .keras3 && (value.isNull || value == "float32")
        case ("axis", "SparseCategoricalCrossentropy"): part == .loss && dialect != .keras3 && value == -1
        case ("ignore_class", "SparseCategoricalCrossentropy"): part == .metrics && dialect == .keras30 && value.isNull
        case ("from_sorted_ids", _): dialect != .keras3 && value == false
        default: false
        }
    }

    /// Whether only Keras 3.15 has the key.
    func isNewer(_ key: String, of className: String, for dialect: KerasDialect) -> Bool {
        guard dialect != .keras3 else { return false }
        return switch (key, className) {
        case ("dtype", _): part == .loss
        case ("axis", "SparseCategoricalCrossentropy"): part == .loss
        case ("ignore_class", "SparseCategoricalCrossentropy"): part == .metrics && dialect == .keras30
        default: key == "from_sorted_ids"
        }
    }

    /// How the results for the examples of a batch become one: what every Keras knows.
    static let reductions: Set<String> = ["sum", "sum_over_batch_size", "none", "auto"]

    private static func newerFunctions(_ dialect: KerasDialect) -> Set<String> {
        switch dialect {
        case .keras2: ["categorical_generalized_cross_entropy", "circle", "ctc", "dice", "tversky"]
        case .keras30: ["categorical_generalized_cross_entropy", "circle", "dice", "tversky"]
        default: []
        }
    }

    private static func newerClasses(_ dialect: KerasDialect) -> Set<String> {
        switch dialect {
        case .keras2: ["CategoricalGeneralizedCrossEntropy", "Circle", "CTC", "ConcordanceCorrelation", "Dice", "PearsonCorrelation", "Tversky"]
        case .keras30: ["CategoricalGeneralizedCrossEntropy", "Circle", "ConcordanceCorrelation", "Dice", "PearsonCorrelation", "Tversky"]
        default: []
        }
    }

    /// Other names, and how Keras 3 writes the same function.
    private static let renamed: [String: String] = [
        "mse": "mean_squared_error", "MSE": "mean_squared_error", "mae": "mean_absolute_error", "MAE": "mean_absolute_error",
        "mape": "mean_absolute_percentage_error", "MAPE": "mean_absolute_percentage_error",
        "msle": "mean_squared_logarithmic_error", "MSLE": "mean_squared_logarithmic_error",
        "bce": "binary_crossentropy", "BCE": "binary_crossentropy",
        "kld": "kl_divergence", "KLD": "kl_divergence", "kullback_leibler_divergence": "kl_divergence",
        "logcosh": "log_cosh", "cosine": "cosine_similarity", "cosine_proximity": "cosine_similarity",
    ]

    /// Functions that are losses.
    private static let lossFunctions: Set = [
        "binary_crossentropy", "binary_focal_crossentropy", "categorical_crossentropy", "categorical_focal_crossentropy",
        "categorical_hinge", "cosine_similarity", "ctc", "dice", "hinge", "huber", "kl_divergence", "log_cosh", "mean_absolute_error",
        "mean_absolute_percentage_error", "mean_squared_error", "mean_squared_logarithmic_error", "poisson",
        "sparse_categorical_crossentropy", "squared_hinge", "tversky",
    ]

    private static let lossClasses: Set = [
        "BinaryCrossentropy", "BinaryFocalCrossentropy", "CTC", "CategoricalCrossentropy", "CategoricalFocalCrossentropy",
        "CategoricalGeneralizedCrossEntropy", "CategoricalHinge", "Circle", "CosineSimilarity", "Dice", "Hinge", "Huber", "KLDivergence",
        "LogCosh", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredError", "MeanSquaredLogarithmicError", "Poisson",
        "SparseCategoricalCrossentropy", "SquaredHinge", "Tversky",
    ]

    /// Functions that are metrics; `accuracy` and `crossentropy` stand for what suits the loss.
    private static let metricFunctions: Set<String> = lossFunctions.subtracting(["ctc", "dice", "tversky"]).union([
        "accuracy", "acc", "crossentropy", "ce", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy",
        "top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy",
    ])

    private static let metricClasses: Set = [
        "AUC", "Accuracy", "BinaryAccuracy", "BinaryCrossentropy", "BinaryIoU", "CategoricalAccuracy", "CategoricalCrossentropy",
        "CategoricalHinge", "ConcordanceCorrelation", "CosineSimilarity", "F1Score", "FBetaScore", "FalseNegatives", "FalsePositives",
        "Hinge", "IoU", "KLDivergence", "LogCoshError", "Mean", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanIoU",
        "MeanMetricWrapper", "MeanSquaredError", "MeanSquaredLogarithmicError", "OneHotIoU", "OneHotMeanIoU", "PearsonCorrelation",
        "Poisson", "Precision", "PrecisionAtRecall", "R2Score", "Recall", "RecallAtPrecision", "RootMeanSquaredError",
        "SensitivityAtSpecificity", "SparseCategoricalAccuracy", "SparseCategoricalCrossentropy", "SparseTopKCategoricalAccuracy",
        "SpecificityAtSensitivity", "SquaredHinge", "Sum", "TopKCategoricalAccuracy", "TrueNegatives", "TruePositives",
    ]
}
