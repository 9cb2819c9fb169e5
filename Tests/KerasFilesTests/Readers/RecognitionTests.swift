import KerasFiles
import Testing

/// What a file is shows in its content.
@Suite struct RecognitionTests {
    private func refusal(_ bytes: [UInt8]) -> KerasFileError? { failure { _ = try KerasModel.open(ByteSource(bytes)) } }

    @Test(arguments: [
        ("weights_only", KerasFileError.FileFormat.weightsOnly), ("keras0_weights", .keras0),
        ("keras3_weights", .keras3Weights), ("not_keras", .hdf5),
    ])
    func otherHDF5IsRefusedByName(_ name: String, _ format: KerasFileError.FileFormat) {
        let error = failure { _ = try KerasModel.open(path: Fixtures.root + "/recognition/\(name).hdf5") }
        #expect(error == KerasFileError(.unsupportedFormat(format)))
    }

    @Test func otherFilesAreRefusedByName() {
        #expect(refusal([]) == KerasFileError(.unsupportedFormat(.empty)))
        #expect(refusal(Array("PK\u{3}\u{4}".utf8) + [0, 0])?.kind == .zip(.noEndRecord))
        #expect(refusal(Array(#"{"class_name": "Sequential"}"#.utf8)) == KerasFileError(.unsupportedFormat(.json)))
        #expect(refusal(Array(#" {"class_name": "Sequential", "config": {}}"#.utf8)) == KerasFileError(.unsupportedFormat(.architecture)))
        #expect(refusal(Array(#""{\"class_name\": \"Sequential\", \"config\": {}}""#.utf8)) == KerasFileError(.unsupportedFormat(.architecture)))
        #expect(refusal(Array(#"{"metadata": {}, "weight_map": {}}"#.utf8)) == KerasFileError(.unsupportedFormat(.shardedWeights)))
        #expect(refusal(Array("hello".utf8)) == KerasFileError(.unsupportedFormat(.unknown)))
        #expect(refusal([0x89]) == KerasFileError(.unsupportedFormat(.unknown)))
    }

    @Test func hostileFilesAreRefused() throws {
        let paths = Fixtures.files(in: "hostile", "")
        #expect(!paths.isEmpty)
        for path in paths {
            #expect(failure { _ = try KerasModel.open(path: Fixtures.root + "/" + path) } != nil, "\(path)")
        }
    }

    @Test func aFolderIsNoModel() {
        #expect(failure { _ = try KerasModel.open(path: Fixtures.root) }?.kind == .notRegularFile)
    }
}
