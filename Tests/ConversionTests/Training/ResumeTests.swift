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

    /// What every release recorded, in Keras 3.15.1 and in the last Keras 2: as near as a training is to itself when its weights are moved by
    /// one rounding, which the script measures.
    @Test(arguments: [KerasClient.keras, .legacyKeras])
    func whatEveryReleaseRecorded(_ client: KerasClient) throws {
        let folder = try TemporaryFolder()
        let dialect: KerasDialect = client == .keras ? .keras3 : .keras2
        let format: KerasFormat = client == .keras ? .archive : .legacyHDF5
        var tasks: [JSONObject] = []
        for name in TrainingFixtures.models where TrainingTests.dropped(name, dialect) == nil {
            guard client == .keras || !TrainingTests.begunAnew.contains(name) else { continue }
            let writer = try KerasWriter(try TrainingFixtures.open(name), as: format, dialect: dialect)
            let path = try folder.write(writer, named: name.replacingSlashes + (format == .archive ? ".keras" : ".h5"))
            tasks.append(try task(name, path))
        }
        #expect(tasks.count > 10)
        let problems = try resume(client, tasks, folder)
        #expect(problems == [])
    }

    /// TensorFlow multiplies Nadam's product of momenta once for each variable and not once, so that it is too soon as good as zero. (It is 0.0002
    /// where it should be here.)
    private static let margins = ["tfkeras-2.15/nadam": 3e-5]

    /// Keras up to 2.3.1 raises the count of steps and reads it in no certain order, so that its Adam may be a step ahead of its count.
    private func task(_ name: String, _ path: String) throws -> JSONObject {
        [
            "name": .string(name), "model": .string(path), "data": .string(TrainingFixtures.data),
            "losses": try TrainingFixtures.losses(name), "exact": false, "ahead": .bool(name.hasPrefix("keras-2")),
            "steps": TrainingTests.uncounted.contains(name) ? 0 : 15, "margin": .float(Self.margins[name] ?? 0),
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
