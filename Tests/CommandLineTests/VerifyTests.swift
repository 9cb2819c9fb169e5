import KerasFiles
import TensorFiles
import Testing

@Suite struct VerifyTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func recordedNumbersAgree() throws {
        let answer = try NNConv.run("verify", Fixtures.small, "--golden", Fixtures.smallArrays)
        #expect(answer.status == 0)
        #expect(answer.output.contains("numbers agree, largest difference"))
        let tight = try NNConv.run("verify", Fixtures.small, "--golden", Fixtures.smallArrays, "--rtol", "0", "--atol", "0", "--json")
        let report = try JSON(parsing: Array(tight.output.utf8))
        #expect(report["agrees"] == .bool(tight.status == 0))
    }

    /// One number changed: the answer is no, and says which.
    @Test func aDepartureIsNamed() throws {
        let recorded = try TensorFile(reading: try ByteSource(path: Fixtures.root + "/" + Fixtures.smallArrays)).tensors
        let output = try #require(recorded.first { $0.name == "output_0" }).value
        var numbers = try output.floats()
        numbers[4] += 0.5
        let changed = try recorded.map { $0.name == "output_0" ? NamedTensor("output_0", try TensorValue(shape: output.shape, floats: numbers)) : $0 }
        try TensorFile(changed).write(to: folder.path("io.npz"), as: .npz)
        let answer = try NNConv.run("verify", Fixtures.small, "--golden", folder.path("io.npz"))
        #expect(answer.status == 1)
        #expect(answer.output.contains("departs: element 4 is"))
    }

    @Test func recordingsThatDoNotFit() throws {
        let recorded = try TensorFile(reading: try ByteSource(path: Fixtures.root + "/" + Fixtures.smallArrays)).tensors
        try TensorFile(recorded.filter { $0.name == "input_0" }).write(to: folder.path("inputs.npz"), as: .npz)
        let missing = try NNConv.run("verify", Fixtures.small, "--golden", folder.path("inputs.npz"))
        #expect(missing.status == 65)
        #expect(missing.errors.contains("has no results"))
        let scalar = NamedTensor("output_0", try TensorValue(shape: [1], floats: [0]))
        try TensorFile(recorded.filter { $0.name == "input_0" } + [scalar]).write(to: folder.path("other.npz"), as: .npz)
        let shape = try NNConv.run("verify", Fixtures.small, "--golden", folder.path("other.npz"))
        #expect(shape.status == 65)
        #expect(shape.errors.contains("and the model gives"))
    }

    /// A .nnc file answers its own vectors; with no tolerance at all single precision is not what double precision recorded.
    @Test func storedVectors() throws {
        let compact = folder.path("batchnorm.nnc")
        #expect(try NNConv.run("convert", Fixtures.layered, compact, "--quiet").status == 0)
        let answer = try NNConv.run("verify", compact)
        #expect(answer.status == 0)
        #expect(answer.output.hasSuffix("1 verification vector, answered as recorded by all of 5 operations\n"))
        let tight = try NNConv.run("verify", compact, "--rtol", "0", "--atol", "0")
        #expect(tight.status == 1)
        #expect(tight.output.contains("departs from what was recorded, first at operation 0 of layer conv2d: the "))
        let report = try JSON(parsing: Array(try NNConv.run("verify", compact, "--rtol", "0", "--atol", "0", "--json").output.utf8))
        #expect(report["agrees"] == false && report["first_departure"]?["layer"] == "conv2d")
    }

    @Test func nothingToCompareWith() throws {
        let keras = try NNConv.run("verify", Fixtures.small)
        #expect(keras.status == 65)
        #expect(keras.errors.contains("holds no verification vectors"))
        let stripped = folder.path("stripped.nnc")
        #expect(try NNConv.run("convert", Fixtures.small, stripped, "--quiet", "--strip", "verification").status == 0)
        #expect(try NNConv.run("verify", stripped).status == 65)
        #expect(try NNConv.run("verify", Fixtures.small, "--golden", Fixtures.smallArrays, "--against", Fixtures.small).status == 64)
        #expect(try NNConv.run("verify", Fixtures.small, "--against", "missing.h5").status == 66)
    }

    /// A file that is kept only to be given back says so, and why.
    @Test func aSourceThatCannotBeRun() throws {
        let compact = folder.path("unsupported.nnc")
        #expect(try NNConv.run("convert", Fixtures.unsupported, compact, "--quiet").status == 0)
        for arguments in [[compact], [compact, "--against", Fixtures.small], [Fixtures.small, "--against", compact]] {
            let answer = try NNConv.run(["verify"] + arguments)
            #expect(answer.status == 65)
            #expect(answer.errors.contains("unsupported.nnc: 3 things in this model cannot be run"))
        }
    }

    @Test func twoModelsAgree() throws {
        let compact = folder.path("layered.nnc")
        #expect(try NNConv.run("convert", Fixtures.layered, compact, "--quiet", "--strip", "source,names").status == 0)
        let answer = try NNConv.run("verify", Fixtures.layered, "--against", compact)
        #expect(answer.status == 0)
        #expect(answer.output == "batch_normalization_3: 16 numbers agree, largest difference 0.0\n")
        // Layers numbered otherwise, token indices within the Embedding's range, weights from another release of Keras.
        let other = try NNConv.run("verify", "keras-2.3.1/lstm_text.h5", "--against", "archives/tfkeras-2.15/lstm_text.keras")
        #expect(other.status == 0)
        #expect(try NNConv.run("verify", Fixtures.small, "--against", Fixtures.coffee).status == 65)
    }

    /// The sign of one number is turned over: the layer is named, whatever was merged into it to run faster.
    @Test func theFirstLayerThatDepartsIsNamed() throws {
        let path = Fixtures.root + "/" + Fixtures.layered
        let model = try KerasModel.open(path: path)
        for name in ["conv2d", "batch_normalization", "conv2d_1", "dense", "dense_1"] {
            let layer = try #require(model.root.members.first { $0.name == name })
            let weight = try #require(layer.weights.first).tensor
            var bytes = try ScratchFolder.read(path)
            bytes[Int(weight.offset) + 3] ^= 0x80
            try folder.write("changed.h5", bytes)
            for reference in [["--against", Fixtures.layered], ["--golden", Fixtures.layerRecordings]] {
                let answer = try NNConv.run(["verify", folder.path("changed.h5")] + reference)
                #expect(answer.status == 1)
                #expect(answer.output.contains("The first layer that departs is \(name): departs: element "), "\(answer.output)")
                let report = try JSON(parsing: Array(try NNConv.run(["verify", folder.path("changed.h5"), "--json"] + reference).output.utf8))
                #expect(report["first_layer"]?["layer"]?.stringValue == name)
            }
        }
        let whole = try NNConv.run("verify", Fixtures.layered, "--golden", Fixtures.layerRecordings)
        #expect(whole.status == 0)
    }
}
