import Testing

@testable import KerasFiles

@Suite struct WeightAssignmentTests {
    /// Assigns weights to a Sequential of `layers`. A weight's only element is its number in the file.
    private func assign(
        _ layers: String, _ groups: [(String, [String])], _ version: String = "2.10.0", options: String = ""
    ) throws -> KerasLayer {
        var model = try read(#"{"class_name": "Sequential", "config": {"name": "m"\#(options), "layers": [\#(layers)]}}"#, version).layer
        var number: UInt8 = 0
        var stored: [WeightGroup] = []
        for (name, weights) in groups {
            var group = WeightGroup(name: name, weights: [])
            for weight in weights {
                group.weights.append(
                    StoredWeight(name: weight, tensor: try Tensor(elementType: .uint8, shape: [1], bytes: [number])))
                number += 1
            }
            stored.append(group)
        }
        try WeightAssignment(groups: stored, path: "/model_weights", version: try #require(KerasVersion(version))).assign(to: &model)
        return model
    }

    private func dense(_ name: String, _ options: String = "") -> String {
        #"{"class_name": "Dense", "config": {"name": "\#(name)"\#(options)}}"#
    }

    private func nested(_ layers: String, _ options: String = "") -> String {
        #"{"class_name": "Sequential", "config": {"name": "n"\#(options), "layers": [\#(layers)]}}"#
    }

    /// Role → number of the weight in the file.
    private func numbers(_ layer: KerasLayer?) throws -> [String: Float] {
        try Dictionary(uniqueKeysWithValues: #require(layer).weights.map { ($0.role, try $0.tensor.floats()[0]) })
    }

    private let norm = #"{"class_name": "BatchNormalization", "config": {"name": "bn"}}"#
    private let normNames = ["bn/gamma:0", "bn/beta:0", "bn/moving_mean:0", "bn/moving_variance:0"]

    @Test func insideAModelAllThatTrainsComesFirst() throws {
        let model = try assign(
            nested([dense("a"), norm, dense("b")].joined(separator: ",")),
            [("n", ["a/kernel:0", "a/bias:0", "bn/gamma:0", "bn/beta:0", "b/kernel:0", "b/bias:0", "bn/moving_mean:0", "bn/moving_variance:0"])])
        #expect(try numbers(model.descendant("n/a")) == ["kernel": 0, "bias": 1])
        #expect(try numbers(model.descendant("n/bn")) == ["gamma": 2, "beta": 3, "moving_mean": 6, "moving_variance": 7])
        #expect(try numbers(model.descendant("n/b")) == ["kernel": 4, "bias": 5])
        #expect(model.descendant("n/bn")?.weights.map(\.isTrainable) == [true, true, false, false])
        #expect(model.descendant("n/b")?.weights.map(\.place) == [WeightPlace(group: 0, index: 4), WeightPlace(group: 0, index: 5)])
    }

    @Test func aFrozenLayerComesLast() throws {
        let model = try assign(
            nested([dense("a", #", "trainable": false"#), dense("b")].joined(separator: ",")),
            [("n", ["b/kernel:0", "b/bias:0", "a/kernel:0", "a/bias:0"])])
        #expect(try numbers(model.descendant("n/a")) == ["kernel": 2, "bias": 3])
        #expect(model.descendant("n/a")?.weights.map(\.isTrainable) == [false, false])
        #expect(try numbers(model.descendant("n/b")) == ["kernel": 0, "bias": 1])
    }

    @Test func aFrozenModelIsListedLayerByLayer() throws {
        let frozen = #", "trainable": false"#
        let frozenNorm = norm.replacing(#""bn"}"#, with: #""bn", "trainable": false}"#)
        let model = try assign(
            nested([frozenNorm, dense("b", frozen)].joined(separator: ","), frozen), [("n", normNames + ["b/kernel:0", "b/bias:0"])])
        #expect(try numbers(model.descendant("n/bn")) == ["gamma": 0, "beta": 1, "moving_mean": 2, "moving_variance": 3])
        #expect(try numbers(model.descendant("n/b")) == ["kernel": 4, "bias": 5])
        #expect(model.all.flatMap(\.weights).allSatisfy { !$0.isTrainable })
    }

    @Test func freezingTheWholeModelChangesNoOrder() throws {
        let model = try assign(
            [norm, dense("b")].joined(separator: ","), [("bn", normNames), ("b", ["b/kernel", "b/bias"])], "3.10.0",
            options: #", "trainable": false"#)
        #expect(try numbers(model.descendant("bn")) == ["gamma": 0, "beta": 1, "moving_mean": 2, "moving_variance": 3])
        #expect(model.all.flatMap(\.weights).allSatisfy { !$0.isTrainable })
    }

    @Test func keras30ForgetsToFreeze() throws {
        let layers = nested([dense("a", #", "trainable": false"#), norm].joined(separator: ","))
        let names = ["kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"]
        let model = try assign(layers, [("n", names)], "3.0.5")
        #expect(try numbers(model.descendant("n/a")) == ["kernel": 0, "bias": 1])
        #expect(model.descendant("n/a")?.weights.map(\.isTrainable) == [false, false])
        #expect(failure { _ = try assign(layers, [("n", names)], "3.1.0") }?.kind == .weightRole(expected: "gamma", found: "kernel"))
    }

    @Test func wrappersAndCells() throws {
        let both = #"{"class_name": "Bidirectional", "config": {"name": "bi", "layer": {"class_name": "GRU", "config": {"name": "g", "use_bias": false}}}}"#
        let cells = """
            {"class_name": "RNN", "config": {"name": "r", "cell": {"class_name": "StackedRNNCells", "config": {"name": "s", "cells": [
              {"class_name": "LSTMCell", "config": {"name": "l"}}, {"class_name": "GRUCell", "config": {"name": "g"}}]}}}}
            """
        let active = dense("d", #", "activation": {"class_name": "PReLU", "config": {"name": "p"}}"#)
        let model = try assign(
            [both, cells, active].joined(separator: ","),
            [
                ("bi", ["bi/kernel:0", "bi/recurrent_kernel:0", "bi/kernel_1:0", "bi/recurrent_kernel_1:0"]),
                ("r", ["kernel", "recurrent_kernel", "bias", "kernel", "recurrent_kernel", "bias"].map { "r/\($0):0" }),
                ("d", ["d/kernel:0", "d/bias:0", "d/p/alpha:0"]),
            ])
        #expect(try numbers(model.descendant("bi/forward_g")) == ["kernel": 0, "recurrent_kernel": 1])
        #expect(try numbers(model.descendant("bi/backward_g")) == ["kernel": 2, "recurrent_kernel": 3])
        #expect(try numbers(model.descendant("r/s/g")) == ["kernel": 7, "recurrent_kernel": 8, "bias": 9])
        #expect(try numbers(model.descendant("d/p")) == ["alpha": 12])
        #expect(model.descendant("bi")?.weights.isEmpty == true)
    }

    @Test func multiHeadAttentionNamesItsParts() throws {
        let heads = #"{"class_name": "MultiHeadAttention", "config": {"name": "a", "use_bias": true}}"#
        let names = ["query", "key", "value", "attention_output"].flatMap { ["a/\($0)/kernel", "a/\($0)/bias"] }
        let roles = try assign(heads, [("a", names)], "3.4.1").descendant("a")?.weights.map(\.role)
        #expect(
            roles == ["query_kernel", "query_bias", "key_kernel", "key_bias", "value_kernel", "value_bias", "output_kernel", "output_bias"])
    }

    @Test func classesOutsideTheTablesGetNumbers() throws {
        let own = #"{"class_name": "Mine", "config": {"name": "o"}}"#
        let adapted = dense("l", #", "lora_rank": 4"#)
        let around = nested(#"{"class_name": "Mine", "config": {"name": "i"}}"#)
        let model = try assign(
            [own, adapted, around].joined(separator: ","),
            [("o", ["x", "y"]), ("l", ["bias", "lora_kernel_a", "lora_kernel_b", "kernel"]), ("n", ["z"])])
        #expect(try numbers(model.descendant("o")) == ["0": 0, "1": 1])
        #expect(try numbers(model.descendant("l")) == ["kernel": 5, "bias": 2, "lora_kernel_a": 3, "lora_kernel_b": 4])
        #expect(try numbers(model.descendant("n")) == ["0": 6])
    }

    @Test func aModelThatDoesNotTellItsLayersKeepsTheirWeights() throws {
        var model = try read(#"{"class_name": "Mine", "config": {"name": "m"}}"#, "2.10.0").layer
        let tensor = try Tensor(elementType: .uint8, shape: [1], bytes: [1])
        let groups = [WeightGroup(name: "dense", weights: [StoredWeight(name: "k", tensor: tensor), StoredWeight(name: "b", tensor: tensor)])]
        try WeightAssignment(groups: groups, path: "/model_weights", version: try #require(KerasVersion("2.10.0"))).assign(to: &model)
        #expect(model.weights.map(\.role) == ["dense/0", "dense/1"])
    }

    @Test func groupsWithoutWeightsMayComeAndGo() throws {
        let flatten = #"{"class_name": "Flatten", "config": {"name": "f"}}"#
        let model = try assign(
            [dense("a"), flatten, dense("b")].joined(separator: ","),
            [("ghost", []), ("a", ["a/kernel:0", "a/bias:0"]), ("b", ["b/kernel:0", "b/bias:0"])])
        #expect(try numbers(model.descendant("b")) == ["kernel": 2, "bias": 3])
    }

    @Test func whatDoesNotFitIsAnErrorThatSaysWhere() throws {
        let a = ("a", ["a/kernel:0", "a/bias:0"])
        let b = ("b", ["b/kernel:0", "b/bias:0"])
        let layers = [dense("a"), dense("b")].joined(separator: ",")
        func error(_ layers: String, _ groups: [(String, [String])]) -> KerasFileError? { failure { _ = try assign(layers, groups) } }

        #expect(error(layers, [a]) == KerasFileError(.weightsMissing(object: "/model_weights/b", found: ["a"]), path: "m/b"))
        #expect(error(layers, [a, ("b", [])]) == KerasFileError(.weightCount(expected: 2, found: 0), path: "m/b"))
        #expect(error(layers, [a, ("b", ["b/kernel:0"])]) == KerasFileError(.weightCount(expected: 2, found: 1), path: "m/b"))
        #expect(
            error(layers, [a, ("b", ["b/bias:0", "b/kernel:0"])])
                == KerasFileError(.weightRole(expected: "kernel", found: "b/bias:0"), path: "m/b"))
        #expect(error(layers, [a, b, ("c", ["x"])]) == KerasFileError(.weightsWithoutLayer, path: "/model_weights/c"))
        #expect(error(layers, [a, ("c", ["x"]), b]) == KerasFileError(.weightsWithoutLayer, path: "/model_weights/c"))
        #expect(error(layers, [b, a]) == KerasFileError(.layerOrder(expected: "a"), path: "/model_weights/b"))
        #expect(
            error(#"{"class_name": "Flatten", "config": {"name": "f"}}"#, [("f", ["x"])])
                == KerasFileError(.weightCount(expected: 0, found: 1), path: "m/f"))
    }

    @Test func namesSayTheRoleInManyWays() {
        let kernel = LayerVariable("kernel", stored: ["kernel", "depthwise_kernel"])
        for name in ["kernel", "kernel:0", "dense/kernel:0", "kernel_12:0", "a/b/depthwise_kernel", "param_0", "x/param_3"] {
            #expect(kernel.accepts(storedName: name), "\(name)")
        }
        for name in ["", "bias:0", "kernel/bias", "recurrent_kernel:0", "kernel_a", "kernel_:0", "Kernel", "kernel:0/"] {
            #expect(!kernel.accepts(storedName: name), "\(name)")
        }
    }
}
