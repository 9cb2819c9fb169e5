import Testing

@testable import KerasFiles

/// How layers call each other, in the words of every Keras.
@Suite struct GraphTests {
    private typealias Tensor = KerasGraph.Tensor
    private typealias Call = KerasGraph.Call

    /// A Functional of an input `i`, two Dense layers and `more`.
    private func model(_ a: String, _ b: String, more: String = "", outputs: String = #"[["b", 0, 0]]"#, _ version: String) throws -> KerasLayer {
        try read(
            """
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "i", "config": {"name": "i", "trainable": true, "dtype": "float32"}, "inbound_nodes": []},
              {"class_name": "Dense", "name": "a", "config": {"name": "a", "trainable": true}, "inbound_nodes": \(a)},
              {"class_name": "Dense", "name": "b", "config": {"name": "b", "trainable": true}, "inbound_nodes": \(b)}\(more)],
              "input_layers": [["i", 0, 0]], "output_layers": \(outputs)}}
            """, version
        ).layer
    }

    private func problem(_ a: String, _ b: String, outputs: String = #"[["b", 0, 0]]"#, _ version: String = "2.10.0") -> KerasFileError? {
        do {
            _ = try model(a, b, outputs: outputs, version)
            return nil
        } catch {
            return error as? KerasFileError
        }
    }

    private func tensor(_ name: String, _ call: Int = 0, _ output: Int = 0) -> String {
        #"{"class_name": "__keras_tensor__", "config": {"shape": [null, 2], "dtype": "float32", "keras_history": ["\#(name)", \#(call), \#(output)]}}"#
    }

    @Test func everyKerasSaysTheSame() throws {
        let old = try model(#"[[["i", 0, 0]]]"#, #"[[["a", 0, 0]]]"#, "1.2.2")
        let newer = try model(#"[[["i", 0, 0, {}]]]"#, #"[[["a", 0, 0, {}]]]"#, "2.10.0")
        let newest = try model(
            #"[{"args": [\#(tensor("i"))], "kwargs": {}}]"#, #"[{"args": [\#(tensor("a"))], "kwargs": {}}]"#, outputs: #"["b", 0, 0]"#, "3.15.1")
        let expected = KerasGraph(
            calls: [[], [Call([.tensor(Tensor(member: 0))])], [Call([.tensor(Tensor(member: 1))])]], inputs: .tensor(Tensor(member: 0)),
            outputs: .tensor(Tensor(member: 2)))
        #expect(old.graph == expected)
        #expect(newer.graph == expected)
        // Since Keras 3.11 a list of one is a list.
        var listed = expected
        listed.inputs = .list([expected.inputs])
        #expect(newest.graph == listed)
        #expect(expected.order() == [Tensor(member: 1), Tensor(member: 2)])
        #expect(newest.config.keys == ["name"])
    }

    @Test func argumentsHoldTensorsAnywhere() throws {
        let graph = try #require(
            try model(
                #"[[["i", 0, 0, {"value": ["i", 0, 0], "list": [1, ["i", 0, 0]], "word": ["x", "y", "z"], "constant": ["_CONSTANT_VALUE", -1, 7]}]]]"#,
                #"[[["a", 0, 1, {}], ["i", 0, 0, {}]], {"x": ["a", 0, 0, {}]}]"#, outputs: #"{"one": ["b", 0, 0], "two": [["b", 1, 0]]}"#, "2.15.0"
            ).graph)
        let call = graph.calls[1][0]
        let input = KerasGraph.Argument.tensor(Tensor(member: 0))
        #expect(call["value"] == input)
        #expect(call["list"] == .list([.value(1), input]))
        #expect(call["word"] == .value(["x", "y", "z"]))
        #expect(call["constant"] == .value(7))
        #expect(graph.calls[2][0].positional == [.list([.tensor(Tensor(member: 1, output: 1)), input])])
        #expect(graph.calls[2][1].positional == [.dictionary([KerasGraph.Named("x", .tensor(Tensor(member: 1)))])])
        #expect(graph.outputs.tensors == [Tensor(member: 2), Tensor(member: 2, call: 1)])
    }

    /// The call by which a model was made is the first in the words of Keras 2; Keras 3 counts it among outputs only.
    @Test(arguments: [
        ("2.2.4", #"[[["s", 1, 0, {}]]]"#, #"[["s", 2, 0]]"#), ("2.15.0", #"[[["s", 0, 0, {}]]]"#, #"[["s", 1, 0]]"#),
        ("3.4.1", #"[[["s", 0, 0, {}]]]"#, #"[["s", 1, 0]]"#),
    ])
    func modelsInsideCountFromZero(_ version: String, _ b: String, _ outputs: String) throws {
        let inside = """
            , {"class_name": "Sequential", "name": "s", "config": {"name": "s", "layers": [{"class_name": "Dense", "config": {"name": "d"}}]},
               "inbound_nodes": [[["i", 0, 0, {}]], [["a", 0, 0, {}]]]}
            """
        let graph = try #require(try model(#"[[["i", 0, 0, {}]]]"#, b, more: inside, outputs: outputs, version).graph)
        #expect(graph.calls[2][0].tensors == [Tensor(member: 3, call: 0)])
        #expect(graph.outputs == .tensor(Tensor(member: 3, call: 1)))
    }

    @Test func whatDoesNotFitIsRefused() {
        let fine = #"[[["i", 0, 0, {}]]]"#
        func kind(_ a: String, _ b: String = #"[[["a", 0, 0, {}]]]"#, outputs: String = #"[["b", 0, 0]]"#) -> KerasFileError.Kind? {
            problem(a, b, outputs: outputs)?.kind
        }
        #expect(kind(fine) == nil)
        #expect(kind(#"[[["x", 0, 0, {}]]]"#) == .graph(.unknownLayer("x")))
        #expect(kind(#"[[["i", 1, 0, {}]]]"#) == .graph(.noSuchCall(layer: "i", call: 1)))
        #expect(kind(#"[[["i", -1, 0, {}]]]"#) == .graph(.malformedTensor))
        #expect(kind(#"[[["i", 0, "0", {}]]]"#) == .graph(.malformedTensor))
        #expect(kind(#"[[["i", 0, 0, []]]]"#) == .graph(.malformedCall))
        #expect(kind(#"[[["b", 0, 0, {}]]]"#) == .graph(.cycle))
        #expect(kind(#"[[["a", 0, 0, {}]]]"#) == .graph(.cycle))
        #expect(kind(fine, outputs: #"[["b", 9223372036854775807, 0]]"#) == .graph(.noSuchCall(layer: "b", call: .max)))
        #expect(kind(fine, outputs: "[]") == .graph(.malformedTensor))
        #expect(kind("{}") == .wrongType(expected: .array, found: .object))
        #expect(problem(#"[[["x", 0, 0, {}]]]"#, fine) == KerasFileError(.graph(.unknownLayer("x")), path: "m/a", key: "inbound_nodes"))
        #expect(problem(#"[{"args": 1, "kwargs": {}}]"#, fine, "3.0.5")?.kind == .graph(.malformedCall))
    }

    @Test func operationsOfKeras3AreToldFromLayers() throws {
        let operation = #", {"class_name": "Add", "name": "o", "config": {"name": "o"}, "inbound_nodes": [{"args": [\#(tensor("i")), 2.0], "kwargs": {}}]}"#
        let layer = operation.replacing(#"{"name": "o"}"#, with: #"{"name": "o", "trainable": true, "dtype": "float32"}"#)
        let call = #"[{"args": [\#(tensor("i"))], "kwargs": {}}]"#
        #expect(try model(call, call, more: operation, "3.15.1").members[3].isOperation)
        #expect(try model(call, call, more: layer, "3.15.1").members[3].className == "Add")
    }

    @Test func functionsOfTensorFlowBecomeOperations() throws {
        func function(_ name: String, _ node: String) throws -> (KerasLayer, Call) {
            let entry =
                #", {"class_name": "TFOpLambda", "name": "f", "config": {"name": "f", "trainable": true, "dtype": "float32", "function": "\#(name)"}, "inbound_nodes": [\#(node)]}"#
            let model = try model(#"[[["i", 0, 0, {}]]]"#, #"[[["a", 0, 0, {}]]]"#, more: entry, "2.12.0")
            return (model.members[3], try #require(model.graph?.calls[3].first))
        }
        let (subtract, call) = try function("math.subtract", #"["_CONSTANT_VALUE", -1, 1.0, {"y": ["a", 0, 0], "name": null}]"#)
        #expect(subtract.isOperation && subtract.config == ["name": "f"])
        #expect(call == Call([.value(1.0), .tensor(Tensor(member: 1))]))
        let (mean, _) = try function("math.reduce_mean", #"["a", 0, 0, {"axis": [1], "keepdims": true}]"#)
        #expect(mean.module == "keras.src.ops.numpy" && mean.config == ["name": "f", "axis": [1], "keepdims": true])
        let (concatenate, both) = try function("concat", #"[["a", 0, 0, {"axis": 1}], ["i", 0, 0, {"axis": 1}]]"#)
        #expect(concatenate.config == ["name": "f", "axis": 1] && both.tensors.count == 2)
        // Something that Keras 3 is not told: the layer stays what it was.
        #expect(try function("linalg.matmul", #"["a", 0, 0, {"b": ["i", 0, 0], "transpose_b": true}]"#).0.className == "TFOpLambda")
        #expect(try function("image.resize", #"["a", 0, 0, {"size": [2, 2]}]"#).0.className == "TFOpLambda")
    }
}
