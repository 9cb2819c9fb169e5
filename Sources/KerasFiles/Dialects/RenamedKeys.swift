/// A key that has another name in Keras 3 and the same values.
struct RenamedKey: Sendable {
    let classes: Set<String>
    let old: String
    let new: String

    static let table: [RenamedKey] = [
        RenamedKey(classes: ["InputLayer"], old: "batch_input_shape", new: "batch_shape"),
        RenamedKey(classes: ["LeakyReLU"], old: "alpha", new: "negative_slope"),
        // ThresholdedReLU, by its new name: x > theta ? x : 0.
        RenamedKey(classes: ["ReLU"], old: "theta", new: "threshold"),
    ]
}
