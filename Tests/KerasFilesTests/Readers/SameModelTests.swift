import KerasFiles
import Testing

/// One model, written by every release, is one model after reading.
@Suite struct SameModelTests {
    /// Models that all writers but Keras 1 have written with the same options.
    @Test(arguments: ["mlp_4_8_3", "cnn_2d", "nested", "trainable_false", "batchnorm", "simple_rnn", "time_distributed", "pads_crops", "bidirectional_mask"])
    func everyWriterMeansTheSame(_ name: String) throws {
        let paths = FixtureModels.paths.filter { $0.hasSuffix("/\(name).h5") && !$0.contains("keras-1.") }
        let reference = try outline(try FixtureModels.open("keras-3.15.1/\(name).h5").root)
        #expect(paths.count >= 9)
        for path in paths {
            #expect(try outline(try FixtureModels.open(path).root) == reference, "\(path)")
        }
    }

    /// Classes, places and shapes of weights, and the options that decide about numbers and have not changed their defaults.
    private func outline(_ layer: KerasLayer) throws -> [String] {
        var lines: [String] = []
        let options = layer.config.filter { !Self.ignored($0.key) }.sorted { $0.key < $1.key }
        let text = options.map { "\($0.key)=\($0.value.serialized())" }.joined(separator: " ")
        let weights = layer.weights.map { "\($0.role)\($0.tensor.shape)\($0.isTrainable)" }.joined(separator: " ")
        lines.append("\(layer.className) \(layer.place) \(text) \(weights)")
        for child in layer.children { lines += try outline(child).map { "  " + $0 } }
        return lines
    }

    private static func ignored(_ key: String) -> Bool {
        key.hasSuffix("_initializer") || key.hasSuffix("_regularizer") || key.hasSuffix("_constraint")
            || [
                "name", "dtype", "build_input_shape", "trainable", "momentum", "seed", "noise_shape", "unit_forget_bias",
                "sparse", "ragged", "optional", "quantization_config", "synchronized", "renorm", "renorm_clipping", "renorm_momentum",
                // Written since an option exists, with the value that everything had before.
                "groups", "keepdims", "return_state",
                // These did change: DialectTests.
                "recurrent_activation", "zero_output_for_mask",
                // Counted from the front by tf.keras, from the back by the others.
                "axis",
            ].contains(key)
    }
}
