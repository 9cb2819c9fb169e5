import KerasFiles
import NNInference

enum BidirectionalLayer {
    static let definitions = [definition]

    private enum Merge { case concatenation, sum, product, mean }

    private static let merge = ConfigKey<Merge>(
        "merge_mode", .merged(["concat": .concatenation, "sum": .sum, "mul": .product, "ave": .mean]), default: "concat")

    private static let definition = LayerDefinition(
        "Bidirectional", keys: .commonWithActivityRegularizer + [.used(merge)], rules: [hasLayers, recurrentLayers, oppositeDirections]
    ) { call, builder throws(Refusal) in
        let (forward, backward) = try layers(of: call.layer)
        let returnsSequences = try forward[StepKeys.returnsSequences]
        let first = try builder.lower(forward, try call.input)
        let second = try builder.lower(backward, try call.input)
        // The backward layer gives its outputs in the order in which it made them.
        let aligned = returnsSequences ? try builder.append(.reversal(Reversal(input: second.value, axis: 1))) : second.value
        return [MaskedValue(try merged(try call[merge], first.value, aligned, &builder), mask: first.mask)]
    }

    private static func merged(
        _ merge: Merge, _ first: ValueID, _ second: ValueID, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> ValueID {
        switch merge {
        case .concatenation:
            return try builder.append(.concatenation(Concatenation([first, second], axis: builder.shape(first).rank - 1)))
        case .sum:
            return try builder.append(.arithmetic(Arithmetic(.add, first, second)))
        case .product:
            return try builder.append(.arithmetic(Arithmetic(.multiply, first, second)))
        case .mean:
            let sum = try builder.append(.arithmetic(Arithmetic(.add, first, second)))
            return try builder.append(.scaling(Scaling(input: sum, scale: 0.5, shift: 0)))
        }
    }

    private static func layers(of layer: KerasLayer) throws(Refusal) -> (forward: KerasLayer, backward: KerasLayer) {
        guard let forward = layer.child(.forward), let backward = layer.child(.backward) else {
            throw Refusal(layer, key: "layer", .missingLayer)
        }
        return (forward, backward)
    }

    // MARK: Rules by which Keras accepts the two layers

    private static let hasLayers = LayerRule("layer", "backward_layer", is: .hasLayer) { layer throws(Refusal) in _ = try layers(of: layer) }

    private static let recurrentLayers = LayerRule(
        "layer", "backward_layer", is: .layers(RecurrentLayers.classNames)
    ) { layer throws(Refusal) in
        let (forward, backward) = try layers(of: layer)
        for inner in [forward, backward] where !RecurrentLayers.classNames.contains(inner.className) {
            throw Refusal(inner, .unsupportedInside(wrapper: layer.className))
        }
    }

    private static let oppositeDirections = LayerRule("layer", "backward_layer", is: .oppositeDirections) { layer throws(Refusal) in
        let (forward, backward) = try layers(of: layer)
        let conflict = Refusal(layer, key: "backward_layer", .conflict(withKey: "layer"))
        guard try forward[StepKeys.goesBackwards] != backward[StepKeys.goesBackwards] else { throw conflict }
        for key in [StepKeys.returnsSequences, StepKeys.isStateful] {
            guard try forward[key] == backward[key] else { throw conflict }
        }
    }
}

extension KeyType {
    /// How the outputs of the two layers become one. Left apart (null) they are two.
    fileprivate static func merged(_ meanings: KeyValuePairs<String, Value>) -> KeyType where Value: Sendable {
        let one = KeyType.oneOf(meanings)
        return KeyType(one.kind) { value, place throws(Refusal) in
            if value.isNull { throw place.refusal(.severalOutputs(2)) }
            return try one.parse(value, place)
        }
    }
}
