import KerasFiles

/// What Keras 3.0 writes and does not read.
///
/// Facts: Keras 3.0.5, which loaded what is written for it.
extension TargetLayers {
    mutating func settleForKeras30(_ layer: KerasLayer) {
        if layer.isOperation {
            // Slices become texts.
            if layer.className == "GetItem" { refuse(layer, nil, .noSuchClass) }
            return
        }
        for key in layer.config.keys where ActivationNames.keys.contains(key) {
            guard let className = layer.config[key]?["class_name"]?.stringValue, LayerVariables.hasClass(className) else { continue }
            refuse(layer, key, .noSuchValue)
        }
        // One number for each element of the input must be there.
        if layer.className == "Normalization", case .array(let axes)? = layer.config["axis"], axes.count > 1,
            case .array(let mean)? = layer.config["mean"], mean.allSatisfy({ $0.arrayValue == nil })
        {
            refuse(layer, "mean", .noSuchValue)
        }
        if let graph = layer.graph, let member = graph.calledTooEarly.map({ layer.members[$0] }) { refuse(member, nil, .callOrder) }
    }
}

extension KerasGraph {
    /// A member that is called, and not for the first time, with what is made from its own results by a member after it. Keras 3.0 makes all
    /// calls of a layer at once.
    fileprivate var calledTooEarly: Int? {
        for (member, list) in calls.enumerated() {
            for call in list {
                // Inputs are there from the beginning.
                for tensor in call.tensors where tensor.member > member && !calls[tensor.member].isEmpty { return member }
            }
        }
        return nil
    }
}
