import KerasFiles
import Testing

@Suite struct BidirectionalDialectTests {
    private func wrapper(_ inner: String, backward: String? = nil, _ version: String) throws -> (layer: KerasLayer, repairs: [Repair]) {
        let other = backward.map { #", "backward_layer": \#($0)"# } ?? ""
        return try read(
            #"{"class_name": "Bidirectional", "config": {"name": "b", "merge_mode": "sum", "layer": \#(inner)\#(other)}}"#, version)
    }

    private func lstm(_ name: String, _ options: String) -> String {
        #"{"class_name": "LSTM", "config": {"name": "\#(name)", "recurrent_activation": "sigmoid", \#(options)}}"#
    }

    @Test func theBackwardLayerIsMadeFromTheForwardLayer() throws {
        let (layer, repairs) = try wrapper(lstm("lstm_1", #""units": 3, "go_backwards": false"#), "2.3.1")
        #expect(layer.config.keys == ["name", "merge_mode"])
        #expect(layer.children.map(\.path) == ["b/forward_lstm_1", "b/backward_lstm_1"])
        #expect(layer.children.map(\.place) == [.forward, .backward])
        #expect(layer.child(.forward)?.config["go_backwards"] == false)
        #expect(layer.child(.backward)?.config["go_backwards"] == true)
        #expect(layer.child(.backward)?.config["units"] == 3)
        #expect(repairs.contains(Repair(.backwardLayerAdded, layerPath: "b")))
    }

    @Test func aMissingDirectionIsForward() throws {
        let (layer, _) = try wrapper(lstm("lstm", #""units": 3"#), "2.3.1")
        #expect(layer.child(.backward)?.config["go_backwards"] == true)
    }

    @Test func aGivenBackwardLayerIsKept() throws {
        let (layer, repairs) = try wrapper(
            lstm("forward_lstm", #""units": 3"#), backward: lstm("backward_lstm", #""units": 5, "go_backwards": true"#), "3.4.1")
        #expect(layer.children.map(\.name) == ["forward_lstm", "backward_lstm"])
        #expect(layer.child(.backward)?.config["units"] == 5)
        #expect(!repairs.contains { $0.kind == .backwardLayerAdded })
    }

    /// Checked by running Keras 2.0.2, 2.1.6, 2.2.4, 2.3.1, and tf.keras of TensorFlow 1.15, 2.4 and 2.15 on a masked input.
    @Test func whatIsPutOutAtMaskedSteps() throws {
        for (version, isZero) in [("2.0.2", false), ("2.3.1", false), ("2.2.4-tf", true), ("2.15.0", true), ("3.15.1", true)] {
            let (sequences, _) = try wrapper(lstm("l", #""return_sequences": true"#), version)
            #expect(sequences.children.allSatisfy { $0.config["zero_output_for_mask"] == .bool(isZero) }, "\(version)")
            let (last, _) = try wrapper(lstm("l", #""return_sequences": false"#), version)
            #expect(last.children.allSatisfy { $0.config["zero_output_for_mask"] == false }, "\(version)")
        }
        let (denied, _) = try wrapper(lstm("l", #""return_sequences": true, "zero_output_for_mask": false"#), "3.15.1")
        #expect(denied.children.allSatisfy { $0.config["zero_output_for_mask"] == true })
        // Outside Bidirectional a layer's own word counts.
        let alone = try read(lstm("l", #""return_sequences": true"#), "2.15.0").layer
        #expect(alone.config["zero_output_for_mask"] == nil)
    }

    @Test func aLayerOfTheUsersOwnIsLeftAlone() throws {
        let own = #"{"class_name": "MyLSTM", "module": "my", "config": {"name": "m", "return_sequences": true}}"#
        let (layer, _) = try wrapper(own, "2.15.0")
        #expect(layer.child(.forward)?.config["zero_output_for_mask"] == nil)
        #expect(layer.child(.backward)?.config["go_backwards"] == true)
        let none = failure { _ = try read(#"{"class_name": "Bidirectional", "config": {"name": "b"}}"#, "2.15.0") }
        #expect(none == KerasFileError(.missingKey, path: "b", key: "layer"))
    }
}
