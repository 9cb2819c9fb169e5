import FileOutput
import KerasFiles
import KerasWriter
import Testing

/// What a user is told of a model that was damaged on its way, or put together wrongly: one message with the file, the place in it, what was
/// expected and what was found. The words are in the snapshot `damaged`, one case each.
@Suite struct DamagedInputTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private static let model = "tfkeras-2.10/coffee.h5"
    private static let archive = "archives/keras-3.15.1/coffee.keras"

    /// Every case writes a file `name` and says what else is on the command line.
    private static let cases: [(name: String, make: @Sendable (DamagedInputTests) throws -> [String])] = [
        ("truncated.h5", { try $0.write("truncated.h5", bytes(model).dropLast(3_000)) }),
        ("truncated.keras", { try $0.write("truncated.keras", bytes(archive).dropLast(700)) }),
        ("duplicate-member.keras", { try $0.write("duplicate-member.keras", replacing("metadata.json", with: "assets/a.json", in: $0.twice())) }),
        ("bad-json.h5", { try $0.write("bad-json.h5", replacing("{\"class_name\"", with: "{'class_name'", in: bytes(model))) }),
        ("wrong-weight-count.h5", { try $0.change("wrong-weight-count.h5") { $0.weightGroups[1].weights.removeLast() } }),
        ("missing-layer.h5", { try $0.change("missing-layer.h5") { $0.weightGroups.remove(at: 1) } }),
        ("renamed-dataset.h5", { try $0.write("renamed-dataset.h5", replacingLast("kernel:0", with: "kernal:0", in: bytes(model))) }),
        ("wrong-shape.h5", {
            try $0.change("wrong-shape.h5") { model in
                let tensor = model.weightGroups[1].weights[0].tensor
                model.weightGroups[1].weights[0].tensor = try Tensor(
                    elementType: .float32, shape: tensor.shape.reversed(), bytes: try tensor.bytes())
            }
        }),
        ("other-architecture.h5", {
            _ = try NNConv.run("convert", model, $0.folder.path("other-architecture.h5"), "--to", "legacy-weights")
            return ["--architecture", "tfkeras-2.10/mlp_4_8_3.h5"]
        }),
        ("missing-shard.json", {
            let index = "{\"metadata\": {}, \"weight_map\": {\"/layers/dense/vars\": [\"model_00000.weights.h5\"]}}"
            return try $0.write("missing-shard.json", Array(index.utf8)[...]) + ["--architecture", archive]
        }),
        ("picture.h5", { try $0.write("picture.h5", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) }),
        ("changed.nnc", {
            #expect(try NNConv.run("convert", model, $0.folder.path("whole.nnc")).status == 0)
            var bytes = try $0.folder.read("whole.nnc")
            bytes[bytes.count - 1] ^= 1
            return try $0.write("changed.nnc", bytes[...])
        }),
    ]

    @Test func messages() throws {
        var messages: [String] = []
        for (name, make) in Self.cases {
            let more = try make(self)
            let answer = try NNConv.run(["convert", folder.path(name), folder.path("out.h5")] + more)
            #expect(answer.status == (name.hasPrefix("missing-shard") ? 66 : 65), "\(name)")
            #expect(answer.output.isEmpty)
            #expect(answer.errors.contains(folder.path(name)))
            #expect(answer.errors.split(separator: "\n").count == 1)
            #expect(!folder.names.contains("out.h5"))
            messages.append(answer.errors.replacing(folder.root, with: "FOLDER"))
        }
        try expectSnapshot(messages.joined(), "damaged")
    }

    // MARK: Damage

    private func write(_ name: String, _ bytes: ArraySlice<UInt8>) throws -> [String] {
        try folder.write(name, Array(bytes))
        return []
    }

    /// A well-formed file whose content does not fit together.
    private func change(_ name: String, _ body: (inout KerasModel) throws -> Void) throws -> [String] {
        var model = try KerasModel.open(path: Fixtures.root + "/" + Self.model)
        try body(&model)
        var file = try OutputFile(path: folder.path(name))
        try KerasWriter(model, as: .legacyHDF5, dialect: .asWritten).write(to: &file)
        try file.commit()
        return []
    }

    /// An archive with a member twice, under names of one length that are made one.
    private func twice() throws -> [UInt8] {
        var zip = ZipWriter()
        var bytes: [UInt8] = []
        for (name, content) in [("metadata.json", "{}"), ("config.json", "{}"), ("model.weights.h5", ""), ("assets/a.json", "")] {
            bytes += try zip.header(name: name, size: UInt64(content.utf8.count), checksum: CRC32.of(Array(content.utf8))) + Array(content.utf8)
        }
        return bytes + zip.directory()
    }

    private static func bytes(_ fixture: String) throws -> ArraySlice<UInt8> { try ScratchFolder.read(Fixtures.root + "/" + fixture)[...] }

    private static func replacing(_ old: String, with new: String, in bytes: some Collection<UInt8>) throws -> ArraySlice<UInt8> {
        var bytes = Array(bytes)
        try #require(!bytes.ranges(of: Array(old.utf8)).isEmpty)
        bytes.replace(Array(old.utf8), with: Array(new.utf8))
        return bytes[...]
    }

    private static func replacingLast(_ old: String, with new: String, in bytes: some Collection<UInt8>) throws -> ArraySlice<UInt8> {
        var bytes = Array(bytes)
        let place = try #require(bytes.ranges(of: Array(old.utf8)).last)
        bytes.replaceSubrange(place, with: Array(new.utf8))
        return bytes[...]
    }
}
