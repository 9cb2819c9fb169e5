import KerasFiles

/// For which Keras a file is written.
public enum KerasDialect: String, Sendable, Equatable, CaseIterable {
    /// As the file that the model was read from: configuration key for key, weights by their names and in their order. Only within
    /// one family of formats: legacy HDF5, or Keras 3.
    case asWritten
    /// What the newest Keras 3 reads (3.15.1).
    case keras3
    /// What Keras 3.0 to 3.5 need.
    case keras30
    /// What tf.keras 2.x reads.
    case keras2
}

extension KerasDialect {
    /// `.asWritten` where that is possible and says what the model means, which it does not where something was replaced; else `.keras3`.
    public static func standard(for model: KerasModel, as format: KerasFormat) -> KerasDialect {
        model.format.isLegacy == format.isLegacy && model.replacements.isEmpty ? .asWritten : .keras3
    }
}

extension KerasDialect {
    /// The Keras that a file of this dialect says it was written by.
    var version: String {
        switch self {
        case .asWritten, .keras3: "3.15.1"
        case .keras30: "3.0.5"
        case .keras2: "2.15.0"
        }
    }
}
