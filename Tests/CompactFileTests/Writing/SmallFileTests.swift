import CompactFile
import FileOutput
import KerasFiles
import NNInference
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct SmallFileTests {
    @Test func sizes() throws {
        #expect(try SmallModel.bytes().count == 508)
        #expect(try SmallModel.fullBytes().count == 636)
    }

    @Test func whatIsWrittenIsRead() throws {
        let content = try SmallModel.fullContent()
        let bytes = try CompactFileWriter(content).bytes()
        let layout = try openVerified(bytes)
        #expect(layout.program?.program == SmallModel.program)
        #expect(layout.program?.needs == ProgramNeeds(arenaBytes: 64, stateBytes: 0, multiplyAccumulates: 4 * 8 + 8 * 3))
        #expect(layout.tensors.map(\.descriptor) == content.tensors.map(\.descriptor))
        for (stored, entry) in zip(layout.tensors, content.tensors) {
            #expect(Array(bytes[stored.range]) == (try entry.tensor.bytes()))
            #expect(stored.range.lowerBound % 16 == 0)
        }
        #expect(try layout.names(in: bytes.span.bytes) == SmallModel.names)
        #expect(try layout.verification(in: bytes.span.bytes) == [SmallModel.vector])
        #expect(layout.sections.map(\.kind) == [.tensors, .program, .names, .verification, .data])
    }

    @Test func filesAndMemoryAgree() throws {
        let path = "/tmp/nnconv-small-\(getpid()).nnc"
        var content = try SmallModel.fullContent()
        content.alignment = .flash
        var output = try OutputFile(path: path, replacing: true)
        var progress: [UInt64] = []
        try CompactFileWriter(content).write(to: &output) { progress.append($0) }
        try output.commit()
        defer { unlink(path) }
        #expect(try ByteSource(path: path).read(at: 0, count: 636) == CompactFileWriter(content).bytes())
        #expect(progress == [128, 160, 256, 268])
    }

    @Test func alignmentFollowsTheSize() throws {
        func alignment(_ count: Int, _ wanted: CompactFileContent.Alignment) throws -> Int {
            let tensor = try Tensor(elementType: .int8, shape: [count], bytes: [UInt8](repeating: 1, count: count))
            let content = CompactFileContent(tensors: [.init(tensor), .init(tensor)], alignment: wanted)
            let layout = try openVerified(try CompactFileWriter(content).bytes())
            #expect(layout.tensors.allSatisfy { $0.range.lowerBound % layout.header.alignment == 0 })
            return layout.header.alignment
        }
        #expect(try alignment(32_767, .automatic) == 16)
        #expect(try alignment(32_768, .automatic) == 64)
        #expect(try alignment(32_769, .flash) == 16)
    }

    @Test func emptyFilesAreFiles() throws {
        let layout = try openVerified(try CompactFileWriter(CompactFileContent(tensors: [])).bytes())
        #expect(layout.tensors.isEmpty)
        #expect(layout.header.length == 80)
        let empty = try Tensor(elementType: .float32, shape: [0, 3], bytes: [])
        let one = try Tensor(elementType: .uint8, shape: [1], bytes: [9])
        let tail = try openVerified(try CompactFileWriter(CompactFileContent(tensors: [.init(one), .init(empty)])).bytes())
        #expect(tail.tensors[1].range.isEmpty)
        #expect(tail.tensors[1].range.lowerBound % 16 == 0)
    }

    @Test func theSameModelMakesTheSameBytes() throws {
        #expect(try SmallModel.fullBytes() == SmallModel.fullBytes())
    }
}
