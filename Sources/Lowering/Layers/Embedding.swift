import KerasFiles
import NNInference

enum EmbeddingLayer {
    static let definitions = [
        definition("Embedding"),
        // Going back to the indices takes a call of its own, which a Sequential does not make.
        definition("ReversibleEmbedding", extra: .withoutEffect("tie_weights", "reverse_dtype", "logit_soft_cap"), unused: ["reverse_embeddings", "reverse_embeddings_scale", "reverse_embeddings_zero"]),
    ]

    private static let rows = ConfigKey<Int>("input_dim", .integer(from: 1))
    private static let width = ConfigKey<Int>("output_dim", .integer(from: 1))
    private static let masksZero = ConfigKey<Bool>("mask_zero", .boolean, default: false)
    // Keras 2.0 writes the type of the indices as `dtype`; a table of integers is refused as a weight.
    private static let quantization = QuantizationKeys(KeyDeclaration.floatingPoint + ["int32"], modes: [.int8, .int4])

    private static func definition(_ className: String, extra: [KeyDeclaration] = [], unused: Set<String> = []) -> LayerDefinition {
        LayerDefinition(
            className,
            keys: .withoutEffect("name", "trainable", "activity_regularizer", "input_length") + quantization.declarations
                + [.used(rows), .used(width), .used(masksZero)] + .adapter + extra + .training("embeddings"),
            integers: .keptAsIntegers, unusedWeights: unused, rules: [quantization.rule]
        ) { call, builder throws(Refusal) in
            let input = try call.input.value
            let output = try rows(input, call, &builder)
            guard try call[masksZero] else { return [MaskedValue(output)] }
            let mask = try builder.append(.stepMask(StepMask(input: input, value: 0)))
            return [MaskedValue(output, mask: .value(mask))]
        }
    }

    private static func rows(_ input: ValueID, _ call: LayerCall, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        let (layer, rows, width) = (call.layer, try call[rows], try call[width])
        guard let policy = try call[quantization.policy] else {
            let table = try builder.adapted("embeddings", of: layer, shape: [rows, width])
            return try builder.append(.embedding(Embedding(input: input, table: table)))
        }
        let table = try builder.quantizedTable(layer, policy, rows: rows, columns: width)
        var numbers = try builder.append(.embedding(Embedding(input: input, table: table)))
        if policy.blockSize == nil {
            let scales = try builder.add(try builder.floats("embeddings_scale", of: layer, shape: [rows]), [rows, 1], of: layer, layout: .rowMajor)
            let scale = try builder.append(.embedding(Embedding(input: input, table: scales)))
            numbers = try builder.append(.arithmetic(Arithmetic(.divide, numbers, scale)))
        }
        guard let adapter = try builder.adapter("embeddings", of: layer, shape: [rows, width], layout: .rowMajor) else { return numbers }
        return try builder.append(.arithmetic(Arithmetic(.add, numbers, try builder.append(.embedding(Embedding(input: input, table: adapter))))))
    }
}
