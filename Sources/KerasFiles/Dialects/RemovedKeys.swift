/// A key that Keras 3 does not have, and that may go because of what it says.
struct RemovedKey: Sendable {
    let classes: LayerClasses
    let key: String
    let writers: Writers
    let condition: Condition

    enum Condition: Sendable {
        /// Whatever the value is, the layer computes the same, or the value has been taken elsewhere.
        case always
        /// This value says what Keras 3 does anyway. With another value the key stays, for lowering to refuse.
        case value(JSON)
        /// Another key of the layer has this value, and so the key says what Keras 3 does anyway.
        case other(String, is: JSON)

        func holds(for value: JSON, in config: JSONObject) -> Bool {
            switch self {
            case .always: true
            case .value(let expected): value == expected
            case .other(let key, let expected): config[key] == expected
            }
        }
    }

    init(_ classes: LayerClasses, _ key: String, by writers: Writers = .keras2, when condition: Condition = .always) {
        self.classes = classes
        self.key = key
        self.writers = writers
        self.condition = condition
    }

    static let table: [RemovedKey] = [
        // The InputLayer of the model says it.
        RemovedKey(.allBut(["InputLayer"]), "batch_input_shape"),
        RemovedKey(.only(["Embedding"]), "input_length"),
        // Before 2.3 a layer's `dtype` was the type of the model's input; weights were always of the type that Keras was set to.
        RemovedKey(.allBut(["InputLayer"]), "dtype", by: Writers([.standalone], before: (2, 3, 0))),
        RemovedKey(.all, "dtype", when: .value(.null)),

        RemovedKey(.only(LayerClasses.recurrent), "time_major", when: .value(false)),
        // How the same numbers are computed.
        RemovedKey(.only(LayerClasses.recurrent.union(LayerClasses.recurrentCells)), "implementation"),

        // Left over from the class that the layer is derived from (TensorFlow 2.3 onwards).
        RemovedKey(.only(LayerClasses.depthwiseConvolutions.union(LayerClasses.transposedConvolutions)), "groups", when: .value(1)),
        RemovedKey(.only(LayerClasses.depthwiseConvolutions), "kernel_initializer"),
        RemovedKey(.only(LayerClasses.depthwiseConvolutions), "kernel_regularizer"),
        RemovedKey(.only(LayerClasses.depthwiseConvolutions), "kernel_constraint"),
        RemovedKey(.only(LayerClasses.spatialDropout), "noise_shape", when: .value(.null)),
        // Keras 3 forgets to take it, and there is nothing to train.
        RemovedKey(.only(LayerClasses.spatialDropout), "trainable"),

        // Shapes that building the layer gives again.
        RemovedKey(.only(["MultiHeadAttention"]), "query_shape"),
        RemovedKey(.only(["MultiHeadAttention"]), "key_shape"),
        RemovedKey(.only(["MultiHeadAttention"]), "value_shape"),
        RemovedKey(.only(LayerClasses.attention), "causal", when: .value(false)),
    ]
}
