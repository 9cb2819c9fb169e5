import KerasFiles
import Testing

@Suite struct ArchiveTests {
    @Test func thereAreArchives() {
        #expect(FixtureModels.archives.count >= 25)
    }

    @Test(arguments: FixtureModels.archives)
    func theArchiveIsKeptAsItIs(_ path: String) throws {
        let model = try FixtureModels.open(path)
        let archive = try ZipArchive(source: try ByteSource(path: Fixtures.root + "/" + path))
        func json(_ name: String) throws -> JSON {
            let source = try archive.source(of: name)
            return try JSON(parsing: try source.read(at: 0, count: Int(source.size)))
        }
        #expect(model.format == .archive)
        #expect(try model.configuration == json("config.json"))
        #expect(try model.metadata == json("metadata.json"))
        #expect(try model.version.text == json("metadata.json")["keras_version"]?.stringValue)
        let compiled = model.configuration["compile_config"]?.objectValue.map { !$0.isEmpty } ?? false
        #expect((model.trainingConfiguration != nil) == compiled)
        #expect(model.assets.map(\.name) == archive.members.map(\.name).filter { $0.hasPrefix("assets/") })

        // Every group called vars, with its label and its datasets by their numbers.
        let file = try HDF5File(source: try archive.source(of: "model.weights.h5"))
        var expected: Set<String> = []
        try file.root.forEachObject { path, group in
            let names = group.datasets.map { "\($0.name) \($0.elementType) \($0.shape) \($0.tensor.offset)" }.sorted()
            expected.insert("\(path) \(try group.attributes.optionalString("name") ?? "-") \(names)")
        }
        let groups = model.weightGroups + model.otherWeights + [model.topLevelWeights, model.optimizerWeights].compactMap { $0 }
        let found = groups.map { group in
            let names = group.weights.map { "\($0.name) \($0.tensor.elementType) \($0.tensor.shape) \($0.tensor.offset)" }.sorted()
            return "\(group.name) \(group.label ?? "-") \(names)"
        }
        #expect(Set(found) == expected && found.count == expected.count)
        for group in groups { #expect(group.weights.map(\.name) == group.weights.indices.map(String.init)) }
    }

    /// The same model, saved by the same Keras in another form, is the same model.
    @Test(arguments: FixtureModels.archives.filter { !$0.hasSuffix("lora.keras") })
    func theFormMakesNoDifference(_ path: String) throws {
        let archive = try FixtureModels.open(path)
        let other = path.replacing("archives/", with: "").replacing(".keras", with: ".h5")
        // Keras 3.0 cannot write some of them as HDF5, and of TensorFlow 2.13 there are archives alone.
        guard Fixtures.models.contains(other) else {
            #expect(path.contains("keras-3.0.5") || path.contains("tfkeras-2.13"))
            return
        }
        let whole = try FixtureModels.open(other)
        #expect(archive.version == whole.version)
        try expectSame(archive.root, whole.root)
        let (a, b) = (archive.optimizerWeights?.weights ?? [], whole.optimizerWeights?.weights ?? [])
        #expect(try a.map { try $0.tensor.bytes() } == b.map { try $0.tensor.bytes() })
    }
}

/// Expects two layers to be the same in everything but where their weights are stored.
func expectSame(_ a: KerasLayer, _ b: KerasLayer) throws {
    #expect(a.className == b.className && a.path == b.path && a.place == b.place && a.module == b.module)
    #expect(a.config.keys.sorted() == b.config.keys.sorted(), "\(a.path)")
    for (key, value) in a.config where b.config[key] != value {
        Issue.record("\(a.path) \(key): \(value.serialized()) is not \(b.config[key]?.serialized() ?? "there")")
    }
    #expect(a.weights.map(\.role) == b.weights.map(\.role), "\(a.path)")
    #expect(a.weights.map(\.isTrainable) == b.weights.map(\.isTrainable), "\(a.path)")
    for (x, y) in zip(a.weights, b.weights) {
        #expect(x.tensor.shape == y.tensor.shape && x.tensor.elementType == y.tensor.elementType)
        #expect(try x.tensor.bytes() == y.tensor.bytes(), "\(a.path) \(x.role)")
    }
    #expect(a.children.count == b.children.count, "\(a.path)")
    for (x, y) in zip(a.children, b.children) { try expectSame(x, y) }
}

extension HDF5Group {
    /// Calls `body` with every group called `vars` and the path of the object that it is in.
    fileprivate func forEachObject(_ path: String = "", _ body: (String, HDF5Group) throws -> Void) throws {
        for group in groups {
            if group.name == "vars" {
                try body(path, group)
            } else {
                try group.forEachObject(path.isEmpty ? group.name : path + "/" + group.name, body)
            }
        }
    }
}
