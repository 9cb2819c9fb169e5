import KerasFiles

/// SpectralNormalization divides the kernel of the layer inside when it is trained; what is stored has been divided. Given whole
/// numbers, Keras makes the output whole numbers, too: refused.
enum SpectralNormalizationLayer {
    static let definitions = [definition]

    private static let definition = LayerDefinition(
        "SpectralNormalization", keys: .commonWithActivityRegularizer + [.withoutEffect("power_iterations")],
        unusedWeights: ["vector_u"],
        rules: [LayerRule("layer", is: .hasLayer) { layer throws(Refusal) in _ = try inner(of: layer) }]
    ) { call, builder throws(Refusal) in
        // The output is that of the layer inside, with the mask that it has.
        [try builder.lower(try inner(of: call.layer), try call.input)]
    }

    private static func inner(of layer: KerasLayer) throws(Refusal) -> KerasLayer {
        guard let inner = layer.child(.wrapped) else { throw Refusal(layer, key: "layer", .missingLayer) }
        return inner
    }
}
