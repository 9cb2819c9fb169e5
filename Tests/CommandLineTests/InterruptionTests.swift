import FileOutput
import KerasFiles
import KerasWriter
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What is on the disk and on the screen while and after a large model is converted, whatever happens.
@Suite struct InterruptionTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// A model of one Dense layer with 69 MB of weights.
    private func writeLargeModel() throws -> String {
        let count = 4_096 * 4_200 * 4
        let zeros = ByteSource(size: UInt64(count)) { _, _ in }
        let configuration: JSON = [
            "class_name": "Sequential",
            "config": [
                "name": "large",
                "layers": [
                    [
                        "class_name": "Dense",
                        "config": [
                            "name": "dense", "batch_input_shape": [.null, 4_096], "units": 4_200, "activation": "linear", "use_bias": false,
                        ],
                    ]
                ],
            ],
        ]
        let kernel = try Tensor(elementType: .float32, shape: [4_096, 4_200], source: zeros, offset: 0, byteCount: count)
        let weights = [WeightGroup(name: "dense", label: nil, weights: [StoredWeight(name: "dense/kernel:0", tensor: kernel)])]
        let version = try #require(KerasVersion("2.10.0"))
        let model = try KerasModel(
            format: .legacyHDF5, version: version, backend: "tensorflow", configuration: configuration, trainingConfiguration: nil,
            weightGroups: weights, topLevelWeights: nil, optimizerWeights: nil)
        var file = try OutputFile(path: folder.path("large.h5"))
        try KerasWriter(model, as: .legacyHDF5).write(to: &file)
        try file.commit()
        return folder.path("large.h5")
    }

    @Test func progressOnATerminal() throws {
        let input = try writeLargeModel()
        for (output, arguments) in [("a.nnc", []), ("b.nnc", ["--quiet"])] as [(String, [String])] {
            let answer = try NNConv.run(["convert", input, folder.path(output)] + arguments, terminal: true)
            #expect(answer.status == 0)
            #expect(answer.errors.isEmpty == !arguments.isEmpty)
            guard arguments.isEmpty else { continue }
            let lines = answer.errors.split(separator: "\r")
            #expect(lines.first?.hasPrefix("Converting [") == true)
            #expect(lines.contains { $0.contains("] 100 %  68.8 MB of 68.8 MB, ") && $0.contains("B/s, 0:00 left") })
            #expect(lines.allSatisfy { $0.count < 105 })
            #expect(answer.errors.hasSuffix("\r\u{1B}[K"))
        }
        let piped = try NNConv.run("convert", input, folder.path("c.nnc"))
        #expect(piped.errors.isEmpty)
        let back = try NNConv.run(["convert", folder.path("c.nnc"), folder.path("back.h5")], terminal: true)
        #expect(back.errors.contains("] 100 %  68.8 MB of 68.8 MB, "))
        #expect(try folder.read("back.h5") == folder.read("large.h5"))
    }

    /// Whenever the signal comes, the output is complete or as it was, and nothing lies beside it. The caller sees the signal.
    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func signals(_ signal: Int32) throws {
        let input = try writeLargeModel()
        #expect(try NNConv.run("convert", input, folder.path("whole.nnc")).status == 0)
        let whole = try folder.read("whole.nnc")
        try folder.write("old.nnc", [1, 2, 3])
        var interrupted = 0
        for milliseconds in [1, 12, 31, 90] as [UInt32] {
            let arguments = milliseconds % 2 == 0 ? ["old.nnc", "--force"] : ["new.nnc"]
            let answer = try NNConv.run(["convert", input, folder.path(arguments[0])] + arguments.dropFirst()) { process in
                usleep(milliseconds * 1_000)
                kill(process, signal)
            }
            if answer.status == nil {
                interrupted += 1
                #expect(answer.signal == signal)
            }
            let isWhole = folder.names.contains(arguments[0]) ? try folder.read(arguments[0]) == whole : false
            #expect(isWhole || answer.status == nil)
            if arguments[0] == "old.nnc" {
                #expect(try isWhole || folder.read("old.nnc") == [1, 2, 3])
                try folder.write("old.nnc", [1, 2, 3])
            } else if folder.names.contains("new.nnc") {
                #expect(isWhole)
                unlink(folder.path("new.nnc"))
            }
            #expect(folder.names == ["large.h5", "old.nnc", "whole.nnc"])
        }
        #expect(interrupted > 0)
    }

    /// A process that is told to ignore a signal does so.
    @Test func ignoredSignals() throws {
        let input = try writeLargeModel()
        // The shell becomes the command, and its process stays the same.
        let shell = "trap '' HUP; (sleep 0.1; kill -HUP $$) 2>/dev/null &"
        let answer = try NNConv.run(["convert", "--quiet", input, folder.path("m.nnc")], shell: shell + " :")
        #expect(answer.status == 0)
        #expect(folder.names == ["large.h5", "m.nnc"])
    }

    /// A limit on the size of files stands for a disk that is full.
    @Test(arguments: ["m.nnc", "m.h5", "m.keras"])
    func noSpaceLeft(_ name: String) throws {
        let answer = try NNConv.run(["convert", Fixtures.small, folder.path(name)], shell: "trap '' XFSZ; ulimit -f 1")
        #expect(answer.status == 74)
        #expect(answer.errors == "nnconv: \(folder.path(name)): cannot be written: File too large\n")
        #expect(folder.names.isEmpty)
    }
}
