import KerasFiles
import NNInference

enum EmbeddingLayer {
    static let definitions = [
        definition("Embedding"),
        // Going back to the indices takes a call of its own, which a Sequential does not make.
        definition("ReversibleEmbedding", extra: .withoutEffect("tie_weights", "reverse_dtype", "logit_soft_cap"), unused: ["reverse_embeddings"]),
    ]

    private static let rows = ConfigKey<Int>("input_dim", .integer(from: 1))
    private static let width = ConfigKey<Int>("output_dim", .integer(from: 1))
    private static let masksZero = ConfigKey<Bool>("mask_zero", .boolean, default: false)

    private static func definition(_ className: String, extra: [KeyDeclaration] = [], unused: Set<String> = []) -> LayerDefinition {
        LayerDefinition(
            className,
            // Keras 2.0 writes the type of the indices as `dtype`; a table of integers is refused as a weight.
            keys: .withoutEffect("name", "trainable", "activity_regularizer", "input_length") + [
                .numberType(names: KeyDeclaration.floatingPoint + ["int32"]), .used(rows), .used(width), .used(masksZero),
                .only("lora_rank", .null), .only("lora_alpha", .null), .only("quantization_config", .null),
            ] + extra + .training("embeddings"),
            integers: .keptAsIntegers, unusedWeights: unused
        ) { call, builder throws(Refusal) in
            let input = try call.input.value
            let table = try builder.weight("embeddings", of: call.layer, shape: [try call[rows], try call[width]])
            let output = try builder.append(.embedding(Embedding(input: input, table: table)))
            guard try call[masksZero] else { return [MaskedValue(output)] }
            let mask = try builder.append(.stepMask(StepMask(input: input, value: 0)))
            return [MaskedValue(output, mask: .value(mask))]
        }
    }
}
