import KerasFiles
import NNInference
import TensorFiles
import Testing

@testable import Lowering

/// Fewer operations, the same numbers.
@Suite struct FusionTests {
    private func dense(_ name: String, _ inputs: Int, _ units: Int, _ activation: JSON = "linear") throws -> KerasLayer {
        try .layer(
            "Dense", name, weights: [("kernel", [inputs, units]), ("bias", [units])],
            ["units": .integer(Int64(units)), "activation": activation])
    }

    private func batchNormalization(_ name: String, _ channels: Int, axis: JSON = -1) throws -> KerasLayer {
        try .layer(
            "BatchNormalization", name,
            weights: [("gamma", [channels]), ("beta", [channels]), ("moving_mean", [channels]), ("moving_variance", [channels])],
            ["axis": axis])
    }

    private func activation(_ name: String, _ function: JSON) throws -> KerasLayer {
        try .layer("Activation", name, ["activation": function])
    }

    private func convolution(_ name: String, _ channels: Int, _ filters: Int, order: JSON = "channels_last") throws -> KerasLayer {
        try .layer(
            "Conv2D", name, weights: [("kernel", [2, 2, channels, filters]), ("bias", [filters])],
            ["filters": .integer(Int64(filters)), "kernel_size": [2, 2], "data_format": order])
    }

    /// The model with merged operations; checks that it answers as the model without.
    private func fused(_ root: KerasLayer, inputShape: [Int]) throws -> LoweredModel {
        let plain = try lower(root: root, isFused: false)
        let fused = try lower(root: root)
        var random = SplitMix64(seed: 5)
        let numbers = (0..<inputShape.reduce(1, *)).map { _ in random.nextFloat(from: -2, to: 2) }
        let input = try TensorValue(shape: inputShape, floats: numbers)
        let expected = try plain.answers(input, instructionSet: .portable)[0]
        let found = try fused.answers(input, instructionSet: .portable)[0]
        #expect(found.shape == expected.shape)
        #expect(agree(try found.floats(), try expected.floats()))
        #expect(fused.layers == plain.layers)
        #expect(fused.operationNames.count == fused.program.operations.count)
        return fused
    }

    private func kinds(_ model: LoweredModel) -> [OperationKind] { model.program.operations.map(\.kind) }

    @Test func normalizationAndActivationMoveIntoTheProduct() throws {
        let model = try fused(
            .sequential([4], [dense("a", 4, 3), batchNormalization("n", 3), activation("r", "relu"), dense("b", 3, 2, "tanh")]),
            inputShape: [2, 4])
        #expect(kinds(model) == [.dense, .dense])
        #expect(model.operationNames == ["a", "b"])
        let epilogue = try #require(model.program.operations[0].epilogue)
        #expect(epilogue.activation == .relu)
        #expect(epilogue.statistics != nil)
        #expect(model.tensors.count == 8)
    }

    @Test func normalizationAfterAnActivationStays() throws {
        let model = try fused(.sequential([4], [dense("a", 4, 3, "relu"), batchNormalization("n", 3)]), inputShape: [2, 4])
        #expect(kinds(model) == [.dense, .standardization])
    }

    @Test func oneNormalizationFitsIn() throws {
        let model = try fused(
            .sequential([4], [dense("a", 4, 3), batchNormalization("m", 3), batchNormalization("n", 3)]), inputShape: [2, 4])
        #expect(kinds(model) == [.dense, .standardization])
    }

    @Test func normalizationAlongAnotherAxisStays() throws {
        let model = try fused(.sequential([3, 4], [dense("a", 4, 3), batchNormalization("n", 3, axis: 1)]), inputShape: [2, 3, 4])
        #expect(kinds(model) == [.dense, .standardization])
    }

    @Test func convolutionTakesBothToo() throws {
        let model = try fused(
            .sequential([5, 4, 2], [convolution("a", 2, 3), batchNormalization("n", 3), activation("e", "elu")]), inputShape: [1, 5, 4, 2])
        #expect(kinds(model) == [.convolution])
    }

    @Test func valuesWithTwoReadersStay() throws {
        // glu reads the product twice.
        let model = try fused(.sequential([4], [dense("a", 4, 6), activation("g", "glu"), activation("t", "tanh")]), inputShape: [2, 4])
        #expect(kinds(model) == [.dense, .cropping, .cropping, .activation, .arithmetic, .activation])
    }

    @Test func channelsFirstIsTransposedOnceAtEachEnd() throws {
        let first: JSON = "channels_first"
        let model = try fused(
            .sequential(
                [2, 6, 5],
                [
                    convolution("a", 2, 3, order: first), batchNormalization("n", 3, axis: 1), activation("r", "relu"),
                    .layer("MaxPooling2D", "p", ["pool_size": [2, 1], "data_format": first]), convolution("b", 3, 4, order: first),
                ]), inputShape: [2, 2, 6, 5])
        #expect(kinds(model) == [.transposition, .convolution, .pooling, .convolution, .transposition])
        #expect(model.operationNames == ["a", "a", "p", "b", "b"])
    }

    @Test func permutationsMerge() throws {
        let model = try fused(
            .sequential(
                [2, 3, 4], [.layer("Permute", "a", ["dims": [2, 3, 1]]), .layer("Permute", "b", ["dims": [2, 3, 1]])]),
            inputShape: [2, 2, 3, 4])
        #expect(model.program.operations == [.transposition(Transposition(input: ValueID(0), order: [3, 1, 2]))])
        let inverse = try lower(
            root: .sequential(
                [2, 3, 4],
                [
                    .layer("Permute", "a", ["dims": [2, 3, 1]]), .layer("Permute", "b", ["dims": [3, 1, 2]]),
                    .layer("Flatten", "f"),
                ]))
        #expect(kinds(inverse) == [.reshape])
    }

    @Test func reshapesMerge() throws {
        let model = try fused(
            .sequential(
                [2, 6],
                [
                    .layer("Reshape", "a", ["target_shape": [3, 4]]), .layer("Flatten", "b"),
                    .layer("Reshape", "c", ["target_shape": [-1, 2]]), .layer("Reshape", "d", ["target_shape": [6, 2]]),
                ]), inputShape: [2, 2, 6])
        #expect(model.program.operations == [.reshape(Reshape(input: ValueID(0), dimensions: [-1, 2]))])
    }

    @Test func stepsOfDenseLayersAreNotFolded() throws {
        let inner = { (name: String, layer: KerasLayer) throws -> KerasLayer in
            var layer = layer
            layer.place = .wrapped
            return try .layer("TimeDistributed", name, children: [layer])
        }
        let model = try fused(
            .sequential(
                [3, 4], [inner("s", dense("a", 4, 3, "relu")), inner("t", dense("b", 3, 5, "softmax")), inner("u", dense("c", 5, 2))]),
            inputShape: [2, 3, 4])
        #expect(kinds(model) == [.dense, .dense, .softmax, .dense])
        #expect(model.operationNames == ["s/a", "t/b", "t/b", "u/c"])

        let mixed = try fused(
            .sequential(
                [3, 6, 2],
                [
                    inner(
                        "s",
                        .layer(
                            "Conv1D", "a", weights: [("kernel", [2, 2, 3]), ("bias", [3])], ["filters": 3, "kernel_size": [2]])),
                    inner("t", .layer("Flatten", "f")), inner("u", dense("b", 15, 2)),
                ]), inputShape: [2, 3, 6, 2])
        #expect(kinds(mixed) == [.foldSteps, .convolution, .reshape, .dense, .unfoldSteps])
    }

    @Test func unusedMasksGo() throws {
        let embedding = try KerasLayer.layer(
            "Embedding", "e", weights: [("embeddings", [9, 4])], ["input_dim": 9, "output_dim": 4, "mask_zero": true])
        let flat = try lower(root: .sequential([3], dtype: "int32", [embedding, .layer("Flatten", "f")]))
        #expect(kinds(flat) == [.embedding, .reshape])
        #expect(flat.program.inputs[0].type == .int32)
    }

    @Test func integersThatAreOnlyComputedWithAreNumbers() throws {
        let model = try lower(root: .sequential([4], dtype: "uint8", [.layer("Rescaling", "r", ["scale": 0.5]), dense("a", 4, 2)]))
        #expect(kinds(model) == [.scaling, .dense])
        #expect(model.program.inputs[0].type == .number)
    }

    @Test func aModelMayDoNothing() throws {
        let model = try fused(.sequential([4], [.layer("Dropout", "d", ["rate": 0.5])]), inputShape: [2, 4])
        #expect(model.program.operations.isEmpty)
        #expect(model.program.outputs == [ValueID(0)])
    }
}
