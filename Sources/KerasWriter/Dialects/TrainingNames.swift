/// Losses and metrics by the names that training configurations have for them.
///
/// Facts: Keras 3.15.1, and Keras 2 for the other names.
enum TrainingNames {
    /// Other names, and how Keras 3 writes the same function.
    static let renamed: [String: String] = [
        "mse": "mean_squared_error", "MSE": "mean_squared_error", "mae": "mean_absolute_error", "MAE": "mean_absolute_error",
        "mape": "mean_absolute_percentage_error", "MAPE": "mean_absolute_percentage_error",
        "msle": "mean_squared_logarithmic_error", "MSLE": "mean_squared_logarithmic_error",
        "bce": "binary_crossentropy", "BCE": "binary_crossentropy",
        "kld": "kl_divergence", "KLD": "kl_divergence", "kullback_leibler_divergence": "kl_divergence",
        "logcosh": "log_cosh", "cosine": "cosine_similarity", "cosine_proximity": "cosine_similarity",
    ]

    /// Functions that are losses.
    static let losses: Set = [
        "binary_crossentropy", "binary_focal_crossentropy", "categorical_crossentropy", "categorical_focal_crossentropy",
        "categorical_hinge", "cosine_similarity", "ctc", "dice", "hinge", "huber", "kl_divergence", "log_cosh", "mean_absolute_error",
        "mean_absolute_percentage_error", "mean_squared_error", "mean_squared_logarithmic_error", "poisson",
        "sparse_categorical_crossentropy", "squared_hinge", "tversky",
    ]

    static let lossClasses: Set = [
        "BinaryCrossentropy", "BinaryFocalCrossentropy", "CTC", "CategoricalCrossentropy", "CategoricalFocalCrossentropy",
        "CategoricalGeneralizedCrossEntropy", "CategoricalHinge", "Circle", "CosineSimilarity", "Dice", "Hinge", "Huber", "KLDivergence",
        "LogCosh", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredError", "MeanSquaredLogarithmicError", "Poisson",
        "SparseCategoricalCrossentropy", "SquaredHinge", "Tversky",
    ]

    /// Functions that are metrics; `accuracy` and `crossentropy` stand for what suits the loss.
    static let metrics: Set<String> = losses.subtracting(["ctc", "dice", "tversky"]).union([
        "accuracy", "acc", "crossentropy", "ce", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy",
        "top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy",
    ])

    static let metricClasses: Set = [
        "AUC", "Accuracy", "BinaryAccuracy", "BinaryCrossentropy", "BinaryIoU", "CategoricalAccuracy", "CategoricalCrossentropy",
        "CategoricalHinge", "ConcordanceCorrelation", "CosineSimilarity", "F1Score", "FBetaScore", "FalseNegatives", "FalsePositives",
        "Hinge", "IoU", "KLDivergence", "LogCoshError", "Mean", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanIoU",
        "MeanMetricWrapper", "MeanSquaredError", "MeanSquaredLogarithmicError", "OneHotIoU", "OneHotMeanIoU", "PearsonCorrelation",
        "Poisson", "Precision", "PrecisionAtRecall", "R2Score", "Recall", "RecallAtPrecision", "RootMeanSquaredError",
        "SensitivityAtSpecificity", "SparseCategoricalAccuracy", "SparseCategoricalCrossentropy", "SparseTopKCategoricalAccuracy",
        "SpecificityAtSensitivity", "SquaredHinge", "Sum", "TopKCategoricalAccuracy", "TrueNegatives", "TruePositives",
    ]
}
