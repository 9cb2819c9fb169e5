import KerasFiles

extension Repair {
    var json: JSON {
        var object: JSONObject = ["kind": .string(kind.rawValue), "layer": .string(layerPath)]
        if let key { object["key"] = .string(key) }
        if let old { object["old"] = old }
        if let new { object["new"] = new }
        return .object(object)
    }

    /// What was done to the layer and why.
    private var words: String {
        let key = Escaped.name(key ?? "")
        let (old, new) = (old?.shortText ?? "nothing", new?.shortText ?? "nothing")
        return switch kind {
        case .classRenamed: "the class \(old) is called \(new) now"
        case .keyRenamed: "\(key) is called \(new) now"
        case .keyRemoved: "\(key) = \(old) is left out, having no meaning now"
        case .defaultFilled: "\(key) = \(new) is said, which went without saying"
        case .valueTranslated: "\(key) = \(old) is said as \(new)"
        case .meaningKept: "\(key) = \(old) became \(new), which computes what \(old) did"
        case .inputLayerAdded: "the input's shape is an InputLayer's now"
        case .layerListWrapped: "the list of layers is part of an object now"
        case .backwardLayerAdded: "the backward layer is written out, which was made from the forward layer"
        case .weightsScaled: "\(key) is scaled by \(new)"
        case .weightsReordered: "\(key) has its elements where the new class has them"
        case .adapterMerged: "the adapter (LoRA) is added to \(key), as Keras does in this format"
        case .layerAdded: "a layer \(new) is put beside it, for what it cannot be told itself"
        case .approximated: "\(key) = \(old) is said as \(new), the nearest there is"
        case .replaced: (self.key == nil ? "it" : "\(key) = \(old)") + " is read as \(new), as asked"
        case .layerRenamed: "the name \(old) became \(new)"
        }
    }

    /// One line for all layers to which the same was done, in the order of the first.
    static func lines(_ repairs: [Repair]) -> [String] {
        var order: [String] = []
        var layers: [String: [String]] = [:]
        for repair in repairs {
            if layers[repair.words] == nil { order.append(repair.words) }
            layers[repair.words, default: []].append(Escaped.name(repair.layerPath))
        }
        return order.map { words in
            let names = layers[words] ?? []
            let shown = names.prefix(3).joined(separator: ", ")
            return "changed: \(words) (\(shown)\(names.count > 3 ? " and \(names.count - 3) more" : ""))"
        }
    }
}
