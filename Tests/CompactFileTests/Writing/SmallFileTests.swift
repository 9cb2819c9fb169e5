import CompactFile
import NNInference
import Testing

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

    @Test func theSameModelMakesTheSameBytes() throws {
        #expect(try SmallModel.fullBytes() == SmallModel.fullBytes())
    }
}
