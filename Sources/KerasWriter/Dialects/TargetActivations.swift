/// Activation functions of Keras 3 that older releases lack, or have under another name.
///
/// Facts: Keras 3.0.5 and 3.4.1; tf_keras 2.21, TensorFlow 2.4 and 2.15.
enum TargetActivations {
    /// What the dialect calls the function; nil when it has none that is the same. Names that are not Keras's stay.
    static func name(_ name: String, in dialect: KerasDialect) -> String? {
        guard dialect == .keras2 || dialect == .keras30 else { return name }
        // For its default of alpha, 1, celu is elu.
        if name == "celu" { return "elu" }
        if later.contains(name) { return nil }
        guard dialect == .keras2 else { return name }
        // TensorFlow 2.13 and later know both names.
        return name == "silu" ? "swish" : name == "hard_silu" ? nil : name
    }

    private static let later: Set = [
        "hard_tanh", "tanh_shrink", "soft_shrink", "hard_shrink", "log_sigmoid", "sparse_plus", "sparse_sigmoid", "squareplus", "glu",
        "sparsemax", "threshold",
    ]
}
