import KerasFiles
import KerasWriter
import NNConvert
import Testing

/// Real Keras goes on training where a converted model was left, and its loss goes the way it would have gone without interruption.
@Suite(.enabled(if: KerasClient.python != nil, KerasClient.missing)) struct ResumeTests {
    /// Models of every kind of optimizer that Keras 3.15.1 has: by way of a compact file, bit by bit.
    @Test func throughACompactFile() throws {
        let folder = try TemporaryFolder()
        let made = try resume("make '\(folder.path)'", folder)
        #expect(made == [])
        let source = try ByteSource(path: folder.path + "/tasks.json")
        let text = String(decoding: try source.read(at: 0, count: Int(source.size)), as: UTF8.self)
        var tasks = try #require(try JSON(parsing: text).arrayValue?.compactMap(\.objectValue))
        #expect(tasks.count >= 20)
        for index in tasks.indices {
            let original = try #require(tasks[index]["model"]?.stringValue)
            let (compact, copy) = (original + ".nnc", original + ".copy.keras")
            try Conversion(try KerasModel.open(path: original), to: .compact()).write(to: compact)
            let kept = try #require(try ModelFile.open(path: compact).kerasModel())
            // Once as the file was, once as one that is made anew.
            try Conversion(kept, to: .keras(.archive, index.isMultiple(of: 2) ? .asWritten : .keras3)).write(to: copy)
            tasks[index]["model"] = .string(copy)
        }
        let problems = try resume(.keras, tasks, folder)
        #expect(problems == [])
    }

    /// How far the loss of any of 60 steps may be from the recorded one, relative. Each release sums in its own order, and small differences
    /// grow. Keras up to 2.3.1 reads the number of steps while it is being raised, so that Adam takes one more into account or not.
    private static func tolerance(_ name: String) -> Double { name.hasPrefix("keras-2") ? 5e-2 : 1e-2 }

    @Test func inTodaysKeras() throws {
        let folder = try TemporaryFolder()
        var tasks: [JSONObject] = []
        for name in TrainingFixtures.models where TrainingTests.dropped[name] == nil {
            let writer = try KerasWriter(try TrainingFixtures.open(name), as: .archive, dialect: .keras3)
            let path = try folder.write(writer, named: name.replacingSlashes + ".keras")
            tasks.append(try task(name, path))
        }
        #expect(!tasks.isEmpty)
        let problems = try resume(.keras, tasks, folder)
        #expect(problems == [])
    }

    private func task(_ name: String, _ path: String) throws -> JSONObject {
        [
            "name": .string(name), "model": .string(path), "data": .string(TrainingFixtures.data),
            "losses": try TrainingFixtures.losses(name), "tolerance": .float(Self.tolerance(name)),
            "steps": TrainingTests.uncounted.contains(name) ? 0 : 15,
        ]
    }

    private func resume(_ client: KerasClient, _ tasks: [JSONObject], _ folder: borrowing TemporaryFolder) throws -> [String] {
        let list = try folder.write(JSON.array(tasks.map { .object($0) }).utf8(.python), named: "resume.json")
        return try resume("\(client == .legacyKeras ? "tf_keras" : "keras") '\(list)'", folder)
    }

    /// What the script prints; its last words when it fails without.
    private func resume(_ arguments: String, _ folder: borrowing TemporaryFolder) throws -> [String] {
        let python = try #require(KerasClient.python)
        let script = Fixtures.root + "/../Tests/keras/resume.py"
        let (output, status) = run("'\(python)' '\(script)' \(arguments) 2>'\(folder.path)/errors'")
        let lines = output.split(separator: "\n").map(String.init)
        guard status != 0, lines.isEmpty else { return lines }
        return ["ended with \(status): " + run("tail -5 '\(folder.path)/errors'").output]
    }
}
