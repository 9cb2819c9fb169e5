import Testing

@testable import KerasFiles

@Suite struct ReplacementTests {
    @Test func arguments() throws {
        let plain = try #require(Replacement("<lambda>=relu"))
        #expect(plain.name == "<lambda>" && plain.builtIn == "relu" && plain.config.isEmpty)
        let layer = try #require(Replacement("a=b=Rescaling:{\"scale\": 2, \"name\": \"=\"}"))
        #expect(layer.name == "a=b" && layer.builtIn == "Rescaling" && layer.config["scale"] == 2)
        for wrong in ["", "relu", "=relu", "a=", "a=Lambda", "a=Sequential", "a=relu:{\"x\": 1}", "a=Rescaling:[1]", "a=Rescaling:{"] {
            #expect(Replacement(wrong) == nil, "\(wrong)")
        }
    }

    /// In every dialect that writes functions and layers of the author's: what becomes of the entry, and what is said about it.
    @Test(arguments: [
        ("<lambda>", "<lambda>"), ("wobble", "wobble"), ("pkg>wobble", "pkg>wobble"),
        (["class_name": "function", "config": "wobble", "module": "builtins", "registered_name": "function"], "wobble"),
        (["class_name": "function", "config": "wobble", "module": "builtins", "registered_name": "pkg>wobble"], "pkg>wobble"),
        (["class_name": "__lambda__", "config": ["code": "", "defaults": nil, "closure": nil]], "<lambda>"),
    ] as [(JSON, String)])
    func functions(_ written: JSON, _ name: String) throws {
        var options = ReadingOptions()
        options.replacements = [try #require(Replacement(name, with: "hard_sigmoid"))]
        var reader = ConfigurationReader(version: try #require(KerasVersion("2.3.1")), options: options)
        let dense = try reader.model(
            ["class_name": "Dense", "config": ["name": "d", "units": 3, "activation": written]], memberNames: [])
        // By its Keras 3 name, also in a file whose Keras meant something else by it.
        #expect(dense.config["activation"] == "hard_sigmoid")
        let repair = try #require(reader.repairs.first { $0.kind == .replaced })
        #expect(repair == Repair(.replaced, layerPath: "d", key: "activation", old: written, new: "hard_sigmoid"))
    }

    @Test func layers() throws {
        let entry: JSON = [
            "class_name": "Norm", "module": "mine", "registered_name": "pkg>Norm", "name": "n", "inbound_nodes": [],
            "config": ["name": "n", "trainable": false, "dtype": "float32", "groups": 4],
        ]
        for name in ["n", "Norm", "pkg>Norm"] {
            var options = ReadingOptions()
            options.replacements = [try #require(Replacement(name, with: "LayerNormalization", config: ["epsilon": 0.01, "name": "x"]))]
            var reader = ConfigurationReader(version: try #require(KerasVersion("3.4.1")), options: options)
            let layer = try reader.model(entry, memberNames: [])
            #expect(layer.className == "LayerNormalization" && layer.isOwnClass && layer.name == "n")
            #expect(layer.config == ["name": "n", "trainable": false, "dtype": "float32", "epsilon": 0.01])
            #expect(layer.objectName == "norm")
            #expect(reader.repairs.contains { $0.kind == .replaced && $0.old?["config"]?["groups"] == 4 })
        }
    }

    @Test func whatIsNotThere() throws {
        var options = ReadingOptions()
        options.replacements = [try #require(Replacement("relu=tanh")), try #require(Replacement("f=relu"))]
        var reader = ConfigurationReader(version: try #require(KerasVersion("3.4.1")), options: options)
        #expect(throws: KerasFileError(.nothingToReplace("relu", replaceable: ["g"]))) {
            try reader.model(
                ["class_name": "Sequential", "config": ["name": "s", "layers": [
                    ["class_name": "Dense", "config": ["name": "a", "activation": "relu"]],
                    ["class_name": "Dense", "config": ["name": "b", "activation": "f"]],
                    ["class_name": "Dense", "config": ["name": "c", "activation": "g"]],
                ]]], memberNames: [])
        }
    }

    /// A second word for the same name, or a layer for a function, is not passed over in silence.
    @Test(arguments: [["f=relu", "f=tanh"], ["f=Rescaling"]]) func whatCannotTakeThePlace(_ given: [String]) throws {
        var options = ReadingOptions()
        options.replacements = given.compactMap { Replacement($0) }
        var reader = ConfigurationReader(version: try #require(KerasVersion("3.4.1")), options: options)
        #expect(throws: KerasFileError(.nothingToReplace("f", replaceable: given.count == 1 ? ["f"] : []))) {
            try reader.model(["class_name": "Dense", "config": ["name": "a", "activation": "f"]], memberNames: [])
        }
    }
}
