/// Where Keras 3 keeps the parts of a layer in a file of weights: paths relative to the layer's own object.
///
/// Facts: files of TensorFlow 2.12 to 2.15 and of Keras 3.0 to 3.15.
package enum ObjectPaths {
    /// Where the objects of a model's layers are: Keras 3 and TensorFlow 2.15; TensorFlow 2.12 to 2.14.
    package static let memberContainers = ["layers", "_layer_checkpoint_dependencies"]

    /// Where the cells of StackedRNNCells are.
    package static let cellContainer = "cells"

    /// The object of what a layer holds as the only one in its place. More than one path where the file does not tell by which key
    /// of the configuration it is held.
    package static func candidates(for place: KerasLayer.Place) -> [String] {
        switch place {
        case .wrapped: ["layer"]
        case .forward: ["forward_layer"]
        case .backward: ["backward_layer"]
        case .cell: ["cell"]
        case .activation:
            ["activation", "recurrent_activation"].flatMap { [$0, "cell/" + $0] }
        case .root, .member: [""]
        }
    }

    /// Objects of a layer whose variables are counted as the layer's own, by role. A role that is not here is in the layer's own object.
    package static func candidates(for variable: LayerVariable, of className: String) -> [String] {
        if cells.contains(className) { return ["cell"] }
        guard attention.contains(className), let part = variable.role.split(separator: "_").first else { return [""] }
        // Underscored: GroupQueryAttention, gates, and everything before Keras 3.0.3.
        let names = ["\(part)_dense", "_\(part)_dense"]
        return className == "GroupQueryAttention" || part == "gate" ? names.reversed() : names
    }

    /// Layers whose variables are in an object of their own, the cell.
    package static let cells: Set = ["SimpleRNN", "LSTM", "GRU", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"]
    private static let attention: Set = ["MultiHeadAttention", "GroupQueryAttention"]

    /// What a file of weights has beyond the layer's variables.
    package struct Extra: Sendable {
        /// The object, relative to the layer's.
        package let object: String
        /// The name of the dataset.
        package let name: String
        /// What it is to the layer; nil when it repeats what is stored elsewhere.
        package let role: String?
    }

    package static let extras: [String: [Extra]] = [
        // Also the wrapped layer's kernel.
        "SpectralNormalization": [Extra(object: "", name: "0", role: nil)],
        "StringLookup": [idfWeights], "IntegerLookup": [idfWeights],
        "TextVectorization": [idfWeights, Extra(object: "_lookup_layer", name: "idf_weights", role: nil)],
    ]

    private static let idfWeights = Extra(object: "", name: "idf_weights", role: "idf_weights")

    package static let optimizer = "optimizer"

    /// Objects of the model that are no layers, and what is in them. Metrics are TensorFlow's (2.12 to 2.15).
    static let besideLayers: Set = [optimizer, "metrics"]

    /// How TensorFlow and Keras number objects of one class in a container.
    package enum Numbering: CaseIterable {
        /// `dense`, `dense_1`, `dense_2`.
        case plain
        /// TensorFlow 2.12 and 2.13: a layer with weights takes two numbers, `dense`, `dense_2`, `dense_4`.
        case doubled
    }

    /// The names of objects in a container, of which those with `hasWeights` have weights.
    package static func names(of objects: [(name: String, hasWeights: Bool)], _ numbering: Numbering) -> [String] {
        var used: [String: Int] = [:]
        return objects.map { name, hasWeights in
            let number = used[name, default: 0]
            used[name] = number + (numbering == .doubled && hasWeights ? 2 : 1)
            return number == 0 ? name : "\(name)_\(number)"
        }
    }
}
