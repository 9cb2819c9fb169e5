/// A key that has another name in Keras 3 and the same values.
package struct RenamedKey: Sendable {
    package let classes: Set<String>
    package let old: String
    package let new: String

    package static let table: [RenamedKey] = [
        RenamedKey(classes: ["InputLayer"], old: "batch_input_shape", new: "batch_shape"),
        RenamedKey(classes: ["LeakyReLU"], old: "alpha", new: "negative_slope"),
        // ThresholdedReLU, by its new name: x > theta ? x : 0.
        RenamedKey(classes: ["ReLU"], old: "theta", new: "threshold"),
    ]
}
