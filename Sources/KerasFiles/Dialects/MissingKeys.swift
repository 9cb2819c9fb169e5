/// What a writer meant by leaving out a key, or by writing null, where that is not what Keras 3 takes it for.
struct MissingKey: Sendable {
    let classes: Set<String>
    let key: String
    let writers: Writers
    let value: JSON

    init(_ classes: Set<String>, _ key: String, by writers: Writers, _ value: JSON) {
        self.classes = classes
        self.key = key
        self.writers = writers
        self.value = value
    }

    static let table: [MissingKey] = [
        // Before the option existed (2.1.5) there was one kind of GRU.
        MissingKey(["GRU", "GRUCell"], "reset_after", by: .all, false),

        // Every known file says it; the defaults of the layers were these.
        MissingKey(
            ["LSTM", "GRU", "LSTMCell", "GRUCell"], "recurrent_activation", by: Writers([.standalone], before: (2, 3, 0)),
            .string(ActivationNames.hardSigmoidOfKeras2)),
        MissingKey(
            ["LSTM", "GRU", "LSTMCell", "GRUCell"], "recurrent_activation", by: Writers([.tensorFlow], before: (2, 2, 0)),
            .string(ActivationNames.hardSigmoidOfKeras2)),
        MissingKey(
            LayerClasses.convolutionLSTMs, "recurrent_activation", by: .keras2, .string(ActivationNames.hardSigmoidOfKeras2)),

        // Layers that knew one order of axes only, and files that leave it to Keras's settings, which every Keras is delivered with
        // as channels last. In Keras 3 a missing key means whatever the settings of the reader say.
        MissingKey(LayerClasses.spatial, "data_format", by: .all, "channels_last"),
    ]
}
