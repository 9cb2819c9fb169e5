import KerasFiles

/// Pipeline: layers one after the other.
enum PipelineLayer {
    static let definitions = [definition]

    private static let definition = LayerDefinition(
        "Pipeline", keys: .withoutEffect("name", "trainable", "dtype"), integers: .keptAsIntegers, takesTexts: true,
        rules: [
            LayerRule("layers", is: .hasLayer) { layer throws(Refusal) in
                guard !layer.members.isEmpty else { throw Refusal(layer, key: "layers", .missingLayer) }
            }
        ]
    ) { call, builder throws(Refusal) in
        var value = try call.input
        for layer in call.layer.members { value = try builder.lower(layer, value) }
        return [value]
    }
}
