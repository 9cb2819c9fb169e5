import CompactFile
import NNInference
import Testing

@Suite struct NamesTests {
    /// Of the 4-8-3 network: five indices, then `dense`, `dense_1`, `input_layer`.
    private func reason(_ change: (inout [UInt8]) -> Void) throws -> FormatError.Reason? {
        var file = try ForgedFile(try SmallModel.fullBytes())
        change(&file[.names])
        return refusal(file.bytes())?.reason
    }

    @Test func sectionAsSpecified() throws {
        let section = try ForgedFile(try SmallModel.fullBytes())[.names]
        #expect(section == [2, 0, 1, 0, 0, 0, 1, 0, 1, 0] + Array("dense\0dense_1\0input_layer\0".utf8))
    }

    @Test func indices() throws {
        #expect(try reason { $0.set(UInt16(3), at: 0) } == .nameIndex(3))
        #expect(try reason { $0.set(UInt16(0xFFFF), at: 8) } == .nameIndex(0xFFFF))
        #expect(try reason { $0.set(UInt16(0), at: 0) } == .nameIndex(2))
        #expect(try reason { $0 += [0x7A, 0] } == .nameIndex(3))
    }

    @Test func strings() throws {
        #expect(try reason { $0.removeLast() } == .name)
        #expect(try reason { $0 += [0] } == .name)
        #expect(try reason { $0.insert(0, at: 10) } != nil)
        #expect(try reason { $0[10] = 0x7A } == .name)
        #expect(try reason { $0.removeLast($0.count - 10) } == .nameIndex(2))
        #expect(try reason { $0.removeLast($0.count - 9) } == .sectionLength(.names))
        #expect(try reason { $0 = [] } == .sectionLength(.names))
        // The same name twice.
        #expect(try reason { $0.replaceSubrange(16..<24, with: Array("dense\0".utf8)) } == .name)
    }

    @Test(arguments: [
        [0x80], [0xC3], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0x41, 0xC3, 0x41],
    ] as [[UInt8]]) func malformedText(_ text: [UInt8]) throws {
        #expect(try reason { $0.replaceSubrange($0.count - 12..<$0.count - 1, with: [0x65] + text) } == .name)
    }

    @Test func unusualNames() throws {
        var content = try SmallModel.content()
        let names = ModelNames(
            inputs: ["é\u{0301}\n"], outputs: [""], layers: ["../../etc/passwd", "層\u{1F9E0}", "\u{1B}[31mred"])
        content.names = names
        var bytes = try CompactFileWriter(content).bytes()
        #expect(try openVerified(bytes).names(in: bytes.span.bytes) == names)

        // The zero byte, which ends a name, cannot be in one.
        content.names = ModelNames(inputs: ["a\0b"], outputs: ["a"], layers: ["a", "a", "a"])
        bytes = try CompactFileWriter(content).bytes()
        #expect(try openVerified(bytes).names(in: bytes.span.bytes)?.inputs == ["a\u{FFFD}b"])
    }

    @Test func numbersOfNamesMustFit() throws {
        var content = try SmallModel.content()
        content.names = ModelNames(inputs: [], outputs: ["a"], layers: ["a", "a", "a"])
        #expect(throws: CompactFileError.self) { try CompactFileWriter(content) }
        content.names = ModelNames(inputs: ["a"], outputs: ["a"], layers: ["a", "a"])
        #expect(throws: CompactFileError.self) { try CompactFileWriter(content) }
    }
}
