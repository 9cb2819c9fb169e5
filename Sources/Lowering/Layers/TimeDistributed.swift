import KerasFiles
import NNInference

enum TimeDistributedLayer {
    static let definitions = [definition]

    private static let definition = LayerDefinition(
        "TimeDistributed", keys: .commonWithActivityRegularizer, mask: .passes, integers: .keptAsIntegers, rules: [hasLayer, stateless]
    ) { call, builder throws(Refusal) in
        let inner = try inner(of: call.layer)
        let input = try call.input
        let folded = try builder.append(.foldSteps(FoldSteps(input: input.value)))
        // The mask of each step goes to the inner layer as one truth value per sample.
        let output = try builder.lower(inner, MaskedValue(folded, mask: input.mask.map { _ in .perSample }))
        return try builder.append(.unfoldSteps(UnfoldSteps(input: output.value, steps: input.value)))
    }

    private static func inner(of layer: KerasLayer) throws(Refusal) -> KerasLayer {
        guard let inner = layer.child(.wrapped) else { throw Refusal(layer, key: "layer", .missingLayer) }
        return inner
    }

    /// A recurrent layer that keeps its state would keep it from step to step.
    private static let hasLayer = LayerRule("layer", is: .hasLayer) { layer throws(Refusal) in _ = try inner(of: layer) }

    private static let stateless = LayerRule("layer", is: .stateless) { layer throws(Refusal) in
        try layer.forEach { inner throws(Refusal) in
            if RecurrentLayers.classNames.contains(inner.className), try inner[StepKeys.isStateful] {
                throw Refusal(inner, key: StepKeys.isStateful.name, .unsupportedInside(wrapper: layer.className))
            }
        }
    }
}
