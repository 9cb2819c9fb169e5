/// The variables of layers that Keras 3 has quantized, or given an adapter (LoRA) beside their kernel, in the order in which it stores them by
/// object. Legacy HDF5 lists them by the usual rule, trainable ones first; the adapter has variables of its own there, while elsewhere the
/// kernel is stored with it.
///
/// Facts: `variable_serialization_spec` of Keras 3.15.1, files by Keras 3.15.1.
enum AdaptedVariables {
    /// Nil when there is nothing about the layer that changes its variables, which are `plain`.
    static func of(_ className: String, config: JSONObject, plain: [LayerVariable]) -> [LayerVariable]? {
        let hasAdapter = !(config["lora_rank"] ?? .null).isNull && adaptable.contains(className)
        let mode = quantizable.contains(className) ? QuantizationMode(config["dtype"]) : nil
        guard hasAdapter || mode != nil else { return nil }
        let isEmbedding = className.hasSuffix("Embedding")
        let bias = plain.filter { $0.role == "bias" }
        let name = isEmbedding ? "embeddings" : "kernel"
        let adapter = hasAdapter
            ? [LayerVariable("lora_\(name)_a", onlyInLegacy: true), LayerVariable("lora_\(name)_b", onlyInLegacy: true)] : []
        var variables: [LayerVariable]
        switch mode?.kind {
        case nil:
            variables = plain.map { $0.role == name ? fixed(name) : $0 } + adapter
        case .float8:
            variables = [hasAdapter ? fixed(name) : LayerVariable(name)] + bias + adapter + statistics
        case .int8, .int4:
            variables = [fixed(name)] + bias + adapter + scales(of: name, mode)
            if plain.contains(where: { $0.role == "reverse_embeddings" }) {
                variables += [fixed("reverse_embeddings")] + scales(of: "reverse_embeddings", mode).filter { $0.role != "g_idx" }
            }
        case .gptq, .awq:
            variables = bias + [
                LayerVariable("quantized_kernel", trainable: false, stored: ["kernel"]), fixed("kernel_scale"),
                // Keras 3.15 leaves it out of archives.
                LayerVariable("kernel_zero", trainable: false, stored: ["kernel_zero", "zero_point"], isOmittable: true),
            ]
            if mode?.kind == .awq { variables.append(fixed("awq_scales")) }
            variables.append(fixed("g_idx"))
        }
        return variables
    }

    private static let quantizable: Set = ["Dense", "EinsumDense", "Embedding", "ReversibleEmbedding"]
    private static let adaptable = quantizable.union(["Conv1D", "Conv2D", "Conv3D"])

    private static func fixed(_ role: String) -> LayerVariable { LayerVariable(role, trainable: false) }

    /// One scale per column or row; or one per group of elements, with what stands for zero, and the group of each row.
    private static func scales(of name: String, _ mode: QuantizationMode?) -> [LayerVariable] {
        [fixed(name + "_scale")] + (mode?.isGrouped == true ? [fixed(name + "_zero"), fixed("g_idx")] : [])
    }

    /// What training with eight bits goes by.
    private static let statistics = [
        "inputs_scale", "inputs_amax_history", "kernel_scale", "kernel_amax_history", "outputs_grad_scale", "outputs_grad_amax_history",
    ].map { LayerVariable($0) }
}

/// How a layer's policy says that it is quantized.
package struct QuantizationMode: Sendable, Equatable {
    package enum Kind: String, Sendable { case int8, int4, float8, gptq, awq }

    package let kind: Kind
    /// `128` of `int4/128`; bits and block size of `gptq/4/128`. A size of -1 is that of the whole column.
    package let numbers: [Int]

    /// Whether each group of elements along a column has its own scale.
    package var isGrouped: Bool { kind == .int4 && (numbers.first ?? -1) > 0 }

    /// A layer's `dtype`: `int8_from_float32`, or an object of a class for quantized policies. Nil for others.
    package init?(_ policy: JSON?) {
        let written: Substring
        if let name = policy?.stringValue {
            guard let end = name.firstRange(of: "_from_") else { return nil }
            written = name[..<end.lowerBound]
        } else if let mode = policy?["config"]?["mode"]?.stringValue {
            written = mode[...]
        } else {
            return nil
        }
        let parts = written.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, let kind = Kind(rawValue: String(first)) else { return nil }
        let numbers = parts.dropFirst().map { Int($0) }
        guard !numbers.contains(nil) else { return nil }
        self.kind = kind
        self.numbers = numbers.compactMap { $0 }
    }
}
