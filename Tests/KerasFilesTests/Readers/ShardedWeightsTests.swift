import KerasFiles
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Weights in several files, and indices that lie about them.
@Suite struct ShardedWeightsTests {
    private static let index = "shards/keras-3.15.1/nested.weights.json"
    private static let archive = "archives/keras-3.15.1/nested.keras"

    private static func options() throws -> ReadingOptions {
        var options = ReadingOptions()
        options.architecture = try ByteSource(path: Fixtures.root + "/" + archive)
        return options
    }

    @Test func theModelIsThatOfTheArchive() throws {
        let model = try KerasModel.open(path: Fixtures.root + "/" + Self.index, options: try Self.options())
        let whole = try FixtureModels.open(Self.archive)
        #expect(model.format == .weights)
        try expectSame(model.root, whole.root)
        #expect(model.weightGroups.map(\.name) == whole.weightGroups.map(\.name))
        #expect(model.weightGroups.map(\.label) == whole.weightGroups.map(\.label))
    }

    /// A folder with the two files and another index.
    private struct Folder: ~Copyable {
        let path: String

        init() throws {
            var template = Array("/tmp/nnconv-shards-XXXXXX".utf8CString)
            try #require(mkdtemp(&template) != nil)
            path = template.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }

        deinit {
            for name in ["nested_00000.weights.h5", "nested_00001.weights.h5", "index.json"] { unlink(path + "/" + name) }
            rmdir(path)
        }

        func write(_ name: String, _ bytes: [UInt8]) throws {
            let file = try #require(fopen(path + "/" + name, "w"))
            defer { fclose(file) }
            #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        }

        func error(_ map: JSON) throws -> KerasFileError? {
            let index: JSON = ["metadata": [:], "weight_map": map]
            try write("index.json", Array(index.serialized().utf8))
            let options = try ShardedWeightsTests.options()
            return failure { _ = try KerasModel.open(path: path + "/index.json", options: options) }
        }
    }

    private func folder(_ change: (Int, [UInt8]) -> [UInt8] = { $1 }) throws -> Folder {
        let folder = try Folder()
        for number in 0..<2 {
            let name = "nested_0000\(number).weights.h5"
            try folder.write(name, change(number, try Fixtures.bytes("shards/keras-3.15.1/" + name)))
        }
        return folder
    }

    /// No name leads to another folder, on any system.
    @Test(arguments: ["../nested_00000.weights.h5", "/etc/passwd", "a/b.h5", "", ".", "..", "C:x.h5", "a\\b.h5", "a\u{0}b"])
    func namesThatLeadOut(_ name: String) throws {
        let folder = try folder()
        let error = try folder.error(["/layers/dense/vars": [.string(name)]])
        #expect(error == KerasFileError(.shardOutside(name), path: "/layers/dense/vars", key: "weight_map"))
    }

    @Test func whatIsNoIndex() throws {
        let folder = try folder()
        #expect(try folder.error(["/a/vars": 3])?.kind == .wrongType(expected: .strings, found: .integer))
        #expect(try folder.error(["/a/vars": [["x"]]])?.kind == .wrongType(expected: .string, found: .array))
        let many = JSON.array((0...1_000).map { .string("\($0).h5") })
        #expect(try folder.error(["/a/vars": many])?.kind == .limitExceeded(.archiveMembers, found: 1_001, limit: 1_000))
        #expect(try folder.error(["/a/vars": ["nested_00000.weights.h5", "nested_00001.weights.h5"]]) == nil)
    }

    @Test func missingAndDamagedFiles() throws {
        let folder = try folder { number, bytes in number == 1 ? Array(bytes.dropLast(200)) : bytes }
        var error = try folder.error(["/a/vars": "nested_00001.weights.h5"])
        #expect(error?.companion == .shard("nested_00001.weights.h5"))
        error = try folder.error(["/a/vars": "nested_00007.weights.h5"])
        #expect(error?.companion == .shard("nested_00007.weights.h5") && error?.kind == .cannotOpen(errno: ENOENT))
        // One of the two is not all.
        error = try folder.error(["/a/vars": "nested_00000.weights.h5"])
        #expect(error?.kind == .weightCount(expected: 2, found: 0) && error?.path?.contains("/outer/") == true)
    }

    /// The same variable in two files.
    @Test func aVariableTwice() throws {
        let first = try Fixtures.bytes("shards/keras-3.15.1/nested_00000.weights.h5")
        let folder = try folder { _, _ in first }
        let error = try folder.error(["/a/vars": ["nested_00000.weights.h5", "nested_00001.weights.h5"]])
        #expect(error?.kind == .duplicateName("0") && error?.companion == .shard("nested_00001.weights.h5"))
    }

    /// Without a place there is nothing beside it.
    @Test func anIndexInMemory() throws {
        let bytes = try Fixtures.bytes(Self.index)
        let error = failure { _ = try KerasModel.open(ByteSource(bytes), options: try Self.options()) }
        #expect(error?.kind == .missingObject && error?.companion == .shard("nested_00000.weights.h5"))
    }
}
