import KerasFiles
import TensorFiles
import Testing

@Suite struct NPZTests {
    private func arrays() throws -> [NamedTensor] {
        [
            NamedTensor("x", try TensorValue(shape: [2, 3], floats: [0, 1, 2, 3, 4, 5])),
            NamedTensor("X", try TensorValue(shape: [3], elements: .int64([0, 1, 2]))),
            NamedTensor("dense/kernel:0", try TensorValue(shape: [], floats: [2.5])),
        ]
    }

    @Test func archivesOfNumpy() throws {
        #expect(try Fixtures.read("stored.npz").tensors == arrays())
        let deflated = try Fixtures.read("deflated.npz").tensors
        #expect(try Array(deflated.prefix(3)) == arrays())
        #expect(try deflated[3] == NamedTensor("zeros", TensorValue(shape: [20_000], elements: .uint8(.init(repeating: 0, count: 20_000)))))
    }

    /// NumPy before 1.19 repeats the sizes in a zip64 field of the local header.
    @Test func archiveOfAnOldNumpy() throws {
        #expect(try Fixtures.read("numpy-1.18.npz").tensors == [NamedTensor("a", try TensorValue(shape: [3], floats: [0, 1, 2]))])
        var bytes = try Fixtures.bytes("numpy-1.18.npz")
        // The field's first size: after the header of 30 bytes, the name and the field's own head.
        bytes[30 + 5 + 4] ^= 1
        #expect(throws: TensorFileError.self) { try TensorFile(reading: ByteSource(bytes)) }
    }

    /// Inputs and outputs recorded beside every model fixture.
    @Test func recordedInputsAndOutputs() throws {
        for name in ["keras-2.3.1/coffee", "tfkeras-2.15/coffee", "keras-3.15.1/coffee"] {
            let tensors = try Fixtures.read("../\(name).npz").tensors
            #expect(tensors.map(\.name) == ["input_0", "output_0"])
            #expect(tensors[0].value.shape.count == 2 && tensors[0].value.shape[1] == 2)
            #expect(try tensors[1].value.floats().allSatisfy { (0...1).contains($0) })
        }
    }

    @Test func whatIsWrittenIsRead() throws {
        let bytes = try TensorFile(arrays()).bytes(as: .npz)
        #expect(try read(bytes).tensors == arrays())
        #expect(try TensorFile(arrays()).bytes(as: .npz) == bytes)
        #expect(try read(TensorFile([]).bytes(as: .npz)).tensors == [])
    }

    @Test func tensorsWithoutNamesAreNumbered() throws {
        let value = try TensorValue(shape: [1], floats: [1])
        let bytes = try TensorFile([NamedTensor(nil, value), NamedTensor("a", value), NamedTensor(nil, value)]).bytes(as: .npz)
        #expect(try read(bytes).tensors.map(\.name) == ["arr_0", "a", "arr_2"])
    }

    @Test func membersThatAreNoArrays() throws {
        #expect(try failure(Fixtures.bytes("not-arrays.zip")) == TensorFileError(.notAnArray, place: .init(tensor: "config.json")))
    }

    @Test func errorsNameTheArray() throws {
        var zip = ZipWriter()
        let contents = Array("no array".utf8)
        let bytes = try zip.header(name: "a.npy", size: 8, checksum: CRC32.of(contents)) + contents + zip.directory()
        #expect(failure(bytes) == TensorFileError(.npyHeader(.truncated), place: .init(tensor: "a")))
    }

    @Test func damagedContentsAreNoticed() throws {
        var bytes = try Fixtures.bytes("stored.npz")
        bytes[200] ^= 1
        let error = failure(bytes)
        #expect(error?.place.tensor == "x.npy")
        guard case .source(.zip(.checksum)) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func namesThatCannotBeWritten() throws {
        let value = try TensorValue(shape: [1], floats: [1])
        #expect(
            failure { () throws(TensorFileError) in
                _ = try TensorFile([NamedTensor("a", value), NamedTensor("a", value)]).bytes(as: .npz)
            }?.kind == .source(.zip(.duplicateName)))
        #expect(
            failure { () throws(TensorFileError) in _ = try TensorFile([NamedTensor("../a", value)]).bytes(as: .npz) }?.kind
                == .source(.zip(.name(.component))))
    }
}
