/// The keys under which layers hold other layers.
struct ChildKey: Sendable {
    let key: String
    let place: KerasLayer.Place
    /// Whether the value is a list of layers rather than one.
    var isList = false

    static let table: [String: [ChildKey]] = [
        "Sequential": [members], "Functional": [members], "Pipeline": [members],
        "TimeDistributed": [wrapped], "SpectralNormalization": [wrapped],
        "Bidirectional": [ChildKey(key: "layer", place: .forward), ChildKey(key: "backward_layer", place: .backward)],
        "RNN": [ChildKey(key: "cell", place: .cell)],
        "StackedRNNCells": [ChildKey(key: "cells", place: .cell, isList: true)],
    ]

    static let members = ChildKey(key: "layers", place: .member, isList: true)
    private static let wrapped = ChildKey(key: "layer", place: .wrapped)
}
