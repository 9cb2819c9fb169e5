import Testing

@testable import KerasFiles

/// Layers that Keras has quantized or given adapters.
@Suite struct AdaptedLayerTests {
    private func roles(_ path: String, _ layer: String) throws -> [String] {
        try #require(try FixtureModels.open(path).root.members.first { $0.className == layer }).weights.map(\.role)
    }

    private static let grouped = ["kernel", "bias", "kernel_scale", "kernel_zero", "g_idx"]
    private static let statistics = [
        "inputs_scale", "inputs_amax_history", "kernel_scale", "kernel_amax_history", "outputs_grad_scale", "outputs_grad_amax_history",
    ]

    @Test(arguments: [
        ("quantized_int8", "Dense", ["kernel", "bias", "kernel_scale"]), ("quantized_int8", "EinsumDense", ["kernel", "bias", "kernel_scale"]),
        ("quantized_int8", "Embedding", ["embeddings", "embeddings_scale"]), ("quantized_int4", "Dense", grouped),
        ("quantized_int4", "EinsumDense", grouped),
        ("quantized_int4", "Embedding", ["embeddings", "embeddings_scale", "embeddings_zero", "g_idx"]),
        ("quantized_int4_channels", "Dense", ["kernel", "bias", "kernel_scale"]), ("quantized_float8", "Dense", ["kernel", "bias"] + statistics),
        ("quantized_reversible", "ReversibleEmbedding", ["embeddings", "embeddings_scale", "reverse_embeddings", "reverse_embeddings_scale"]),
        ("quantized_lora", "Dense", ["kernel", "bias"]), ("quantized_int8_lora", "Embedding", ["embeddings", "embeddings_scale"]),
    ])
    func rolesInArchives(_ name: String, _ layer: String, _ expected: [String]) throws {
        #expect(try roles("archives/keras-3.15.1/\(name).keras", layer) == expected)
        // Legacy HDF5 has adapters apart.
        let legacy = try roles("keras-3.15.1/\(name).h5", layer)
        #expect(legacy.filter { !$0.hasPrefix("lora_") } == expected)
        #expect(legacy.filter { $0.hasPrefix("lora_") }.count == (name.hasSuffix("lora") ? 2 : 0))
    }

    /// Both files hold the same numbers in every role, but for kernels that an archive has with their adapters.
    @Test(arguments: ["int8", "int4", "int4_channels", "float8", "reversible"])
    func archivesAndLegacyFilesAgree(_ name: String) throws {
        let archive = try FixtureModels.open("archives/keras-3.15.1/quantized_\(name).keras").root
        let legacy = try FixtureModels.open("keras-3.15.1/quantized_\(name).h5").root
        for (a, b) in zip(archive.all, legacy.all) {
            #expect(a.weights.map(\.role) == b.weights.map(\.role) && a.weights.map(\.isTrainable) == b.weights.map(\.isTrainable))
            for (a, b) in zip(a.weights, b.weights) {
                #expect(a.tensor.elementType == b.tensor.elementType && a.tensor.shape == b.tensor.shape)
                #expect(try a.tensor.bytes() == b.tensor.bytes())
            }
        }
    }

    /// An archive of GPTQ by Keras 3.15 has no zeros; others do.
    @Test func rolesOfCalibratedLayers() throws {
        func variables(_ mode: String, _ className: String = "Dense") throws -> [LayerVariable] {
            let policy: JSON = ["class_name": "Policy", "config": ["mode": .string(mode), "source_name": "float32"]]
            return try #require(LayerVariables.of(className, config: ["dtype": policy]))
        }
        let gptq = try variables("gptq/4/128")
        #expect(gptq.map(\.role) == ["bias", "quantized_kernel", "kernel_scale", "kernel_zero", "g_idx"])
        #expect(gptq.filter(\.isOmittable).map(\.role) == ["kernel_zero"])
        #expect(gptq[1].accepts(storedName: "m/dense/kernel") && gptq[3].accepts(storedName: "m/einsum_dense/zero_point"))
        #expect(try variables("awq/4/128").map(\.role) == ["bias", "quantized_kernel", "kernel_scale", "kernel_zero", "awq_scales", "g_idx"])
        // What no quantizer is for has the variables that it always has.
        #expect(try variables("int8", "Conv2D").map(\.role) == ["kernel", "bias"])
        #expect(LayerVariables.of("Dense", config: ["dtype": "int8_from_float32"])?.map(\.role) == ["kernel", "bias", "kernel_scale"])
        #expect(LayerVariables.of("Dense", config: ["dtype": "mixed_float16", "quantization_config": [:]])?.map(\.role) == ["kernel", "bias"])
    }

    @Test func modes() {
        #expect(QuantizationMode("int4/128_from_float32").map { $0.kind == .int4 && $0.isGrouped } == true)
        #expect(QuantizationMode(["config": ["mode": "int4/-1"]]).map { $0.kind == .int4 && !$0.isGrouped } == true)
        for policy: JSON in ["float32", "mixed_bfloat16", nil, ["config": ["name": "float32"]], "int9_from_float32", "int4/x_from_float32"] {
            #expect(QuantizationMode(policy) == nil)
        }
    }
}
