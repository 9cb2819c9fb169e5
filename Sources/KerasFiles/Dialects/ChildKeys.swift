/// The keys under which layers hold other layers.
package struct ChildKey: Sendable {
    package let key: String
    package let place: KerasLayer.Place
    /// Whether the value is a list of layers rather than one.
    package var isList = false

    package static let table: [String: [ChildKey]] = [
        "Sequential": [members], "Functional": [members], "Pipeline": [members],
        "TimeDistributed": [wrapped], "SpectralNormalization": [wrapped],
        "Bidirectional": [ChildKey(key: "layer", place: .forward), ChildKey(key: "backward_layer", place: .backward)],
        "RNN": [ChildKey(key: "cell", place: .cell)],
        "StackedRNNCells": [ChildKey(key: "cells", place: .cell, isList: true)],
    ]

    package static let members = ChildKey(key: "layers", place: .member, isList: true)
    private static let wrapped = ChildKey(key: "layer", place: .wrapped)
}
