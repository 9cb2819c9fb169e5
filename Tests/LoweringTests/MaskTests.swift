import KerasFiles
import NNInference
import Testing

@testable import Lowering

/// Which layers let a mask pass. Checked against Keras 3.15.1 (and, where it differs, TensorFlow 2.15): the answers of models with
/// a recurrent layer behind each of these.
@Suite struct MaskTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var className: String
        var config: JSONObject = [:]
        var weights: [(String, [Int])] = []
        var passes: Bool
        var passesInKeras2: Bool

        init(_ className: String, _ config: JSONObject = [:], weights: [(String, [Int])] = [], passes: Bool, inKeras2: Bool? = nil) {
            self.className = className
            self.config = config
            self.weights = weights
            self.passes = passes
            passesInKeras2 = inKeras2 ?? passes
        }

        var testDescription: String { className }
    }

    static let cases: [Case] = {
        let affine: [(String, [Int])] = [("gamma", [3]), ("beta", [3])]
        return [
            Case("Dense", ["units": 3], weights: [("kernel", [3, 3]), ("bias", [3])], passes: true),
            Case("Activation", ["activation": "softmax"], passes: true),
            Case("ReLU", passes: true), Case("LeakyReLU", passes: true), Case("ELU", passes: true),
            Case("PReLU", weights: [("alpha", [6, 3])], passes: true),
            Case("Dropout", passes: true), Case("SpatialDropout1D", passes: true), Case("GaussianNoise", passes: true),
            Case("GaussianDropout", passes: true), Case("AlphaDropout", passes: true), Case("ActivityRegularization", passes: true),
            Case("BatchNormalization", weights: affine + [("moving_mean", [3]), ("moving_variance", [3])], passes: true),
            Case("LayerNormalization", weights: affine, passes: true),
            Case("GroupNormalization", ["groups": 3], weights: affine, passes: true),
            Case("UnitNormalization", passes: true),
            Case("SimpleRNN", ["units": 3, "return_sequences": true, "use_bias": false],
                weights: [("kernel", [3, 3]), ("recurrent_kernel", [3, 3])], passes: true),
            Case("Identity", passes: true, inKeras2: false),
            Case("Rescaling", ["scale": 2], passes: true, inKeras2: false),
            Case("Normalization", ["mean": 1, "variance": 2], passes: true, inKeras2: false),
            Case("EinsumDense", ["equation": "abc,cd->abd", "output_shape": [nil, 3]], weights: [("kernel", [3, 3])], passes: false),
            Case("RMSNormalization", weights: [("scale", [3])], passes: false),
            Case("Reshape", ["target_shape": [6, 3]], passes: false),
            Case("Permute", ["dims": [1, 2]], passes: false),
            Case("MaxPooling1D", ["pool_size": 1], passes: false),
            Case("Cropping1D", ["cropping": 0], passes: false),
            Case("ZeroPadding1D", ["padding": 0], passes: false),
            Case("UpSampling1D", ["size": 1], passes: false),
            Case("Conv1D", ["filters": 3, "kernel_size": 1], weights: [("kernel", [1, 3, 3]), ("bias", [3])], passes: false),
            Case("DepthwiseConv1D", ["kernel_size": 1], weights: [("kernel", [1, 3, 1]), ("bias", [3])], passes: false),
        ]
    }()

    /// Whether the last layer, a recurrent one behind Masking and `layer`, is given a mask.
    private func maskArrives(behind layer: KerasLayer, writer: WriterDifferences = .none) throws -> Bool {
        let last = try KerasLayer.layer(
            "GRU", "last", weights: [("kernel", [3, 6]), ("recurrent_kernel", [2, 6])], ["units": 2, "use_bias": false])
        let model = try lower(root: .sequential([6, 3], [try .layer("Masking", "masking"), layer, last]), writer: writer)
        guard case .recurrent(let record)? = model.program.operations.last else { return false }
        return record.mask != nil
    }

    @Test(arguments: cases) func ofOneLayer(_ row: Case) throws {
        let layer = try KerasLayer.layer(row.className, "layer", weights: row.weights, row.config)
        #expect(try maskArrives(behind: layer) == row.passes)
        let keras2 = WriterDifferences(try #require(KerasVersion("2.15.0")))
        #expect(try maskArrives(behind: layer, writer: keras2) == row.passesInKeras2)
    }

    @Test func ofModelsAndWrappers() throws {
        let dropout = try KerasLayer.layer("Dropout", "dropout")
        var inner = KerasLayer.sequential([6, 3], name: "inner", [dropout])
        inner.place = .member
        #expect(try maskArrives(behind: inner))
        var losing = KerasLayer.sequential([6, 3], name: "inner", [try .layer("ZeroPadding1D", "padding", ["padding": 0])])
        losing.place = .member
        #expect(try !maskArrives(behind: losing))
        var dense = try KerasLayer.layer("Dense", "dense", place: .wrapped, weights: [("kernel", [3, 3])], ["units": 3, "use_bias": false])
        let vector: [(String, [Int])] = [("vector_u", [1, 3])]
        #expect(try maskArrives(behind: .layer("SpectralNormalization", "divided", weights: vector, children: [dense])))
        dense.place = .member
        #expect(try maskArrives(behind: .layer("Pipeline", "pipeline", children: [dense])))
        let padding = try KerasLayer.layer("ZeroPadding1D", "padding", ["padding": 0])
        #expect(try !maskArrives(behind: .layer("Pipeline", "pipeline", children: [dense, padding])))
        var wrapped = dropout
        wrapped.place = .wrapped
        #expect(try maskArrives(behind: .layer("TimeDistributed", "steps", children: [wrapped])))
    }

    /// TensorFlow's fused BatchNormalization of images, up to 2.11, took no epsilon below 1.001e-5.
    @Test func smallEpsilons() throws {
        func epsilon(_ version: String, input: [Int?], axis: JSON = -1, channels: Int = 2, _ epsilon: JSON = 1e-7) throws -> Float? {
            let layer = try KerasLayer.layer(
                "BatchNormalization", "n", weights: [("moving_mean", [channels]), ("moving_variance", [channels])],
                ["axis": axis, "epsilon": epsilon, "center": false, "scale": false])
            let model = try lower(root: .sequential(input, [layer]), writer: WriterDifferences(try #require(KerasVersion(version))))
            guard case .standardization(let record)? = model.program.operations.first else { return nil }
            return record.statistics.epsilon
        }
        let image = [3, 4, 2]
        for version in ["2.2.4", "2.3.1", "2.1.6-tf", "2.2.4-tf", "2.4.0", "2.10.0", "2.11.0"] {
            #expect(try epsilon(version, input: image) == 1.001e-5, "\(version)")
            #expect(try epsilon(version, input: image, 0.001) == 0.001, "\(version)")
            #expect(try epsilon(version, input: [4, 2]) == 1e-7, "\(version)")
        }
        for version in ["2.0.2", "2.1.6", "2.12.0", "2.15.0", "3.0.5", "3.15.1"] {
            #expect(try epsilon(version, input: image) == 1e-7, "\(version)")
        }
        #expect(try epsilon("2.2.4-tf", input: image, axis: 1, channels: 3) == 1e-7)
        #expect(try epsilon("2.4.0", input: image, axis: 1, channels: 3) == 1.001e-5)
        #expect(try epsilon("2.4.0", input: [3, 2, 2, 2]) == 1e-7)
        #expect(try epsilon("2.10.0", input: [3, 2, 2, 2]) == 1.001e-5)
    }
}
