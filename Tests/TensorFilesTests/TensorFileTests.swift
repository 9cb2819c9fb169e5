import FileOutput
import KerasFiles
import TensorFiles
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct TensorFileTests {
    @Test func whatIsNoTensorFileIsNamed() {
        #expect(failure([]) == TensorFileError(.unrecognised(.empty)))
        #expect(failure([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) == TensorFileError(.unrecognised(.hdf5)))
        #expect(failure([0x80, 0x04, 0x95, 0x00]) == TensorFileError(.unrecognised(.unknown)))
        // A table in UTF-16.
        #expect(failure([0xFF, 0xFE, 0x31, 0x00]) == TensorFileError(.unrecognised(.unknown)))
    }

    @Test func suffixes() {
        #expect(TensorFileFormat(suffixOf: "a/b.npz") == .npz)
        #expect(TensorFileFormat(suffixOf: "a.b.CSV") == .csv)
        #expect(TensorFileFormat(suffixOf: "npy") == nil)
        #expect(TensorFileFormat(suffixOf: "x.npy/y") == nil)
    }

    @Test func linesOfText() throws {
        let value = try read("first\n\n[third]\r\nlast, 4", as: .txt).tensors[0].value
        #expect(try value.strings() == ["first", "", "[third]", "last, 4"])
        #expect(try text(TensorFile([NamedTensor(nil, value)]).bytes(as: .txt)) == "first\n\n[third]\nlast, 4\n")
        #expect(try read("", as: .txt).tensors[0].value.shape == [0])
        #expect(failure([0x61, 0x0A, 0xFF], as: .txt) == TensorFileError(.invalidUTF8, place: .init(line: 2)))
        let broken = try TensorValue(shape: [1], elements: .strings(["a\nb"]))
        let error = failure { () throws(TensorFileError) in _ = try TensorFile([NamedTensor(nil, broken)]).bytes(as: .txt) }
        #expect(error?.kind == .elementsNotStorable)
    }

    @Test(arguments: TensorFileFormat.allCases) func writesFilesOnceUnlessTold(format: TensorFileFormat) throws {
        let path = "/tmp/tensor-file-\(UInt64.random(in: 0 ... .max)).\(format)"
        defer { unlink(path) }
        let elements: TensorElements = format == .txt ? .strings(["a", "b"]) : .float32([1, 2.5])
        let file = TensorFile([NamedTensor(nil, try TensorValue(shape: [2], elements: elements))])
        try file.write(to: path, as: format)
        #expect(try ByteSource(path: path).read(at: 0, count: file.bytes(as: format).count) == file.bytes(as: format))
        let error = failure { () throws(TensorFileError) in try file.write(to: path, as: format) }
        #expect(error?.kind == .output(OutputFileError(path: path, step: .open, problem: .exists)))
        try file.write(to: path, as: format, replacing: true)
    }

    @Test func nothingIsWrittenWhenTheTensorsDoNotFit() throws {
        let path = "/tmp/tensor-file-\(UInt64.random(in: 0 ... .max)).csv"
        let file = TensorFile([NamedTensor(nil, try TensorValue(shape: [1, 1, 1], floats: [1]))])
        #expect(failure { () throws(TensorFileError) in try file.write(to: path, as: .csv) }?.kind == .rank(3))
        #expect(access(path, F_OK) != 0)
    }
}
