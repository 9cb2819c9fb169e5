import CompactFile
import NNInference
import Testing

/// Programs of every kind of operation, changed at every place: they are refused or they are other programs, and nothing traps.
@Suite struct ProgramMutationTests {
    @Test func everyKindIsWrittenAndRead() throws {
        let bytes = try CompactFileWriter(AllOperations.content()).bytes()
        let stored = try #require(try openVerified(bytes).program)
        #expect(stored.program == AllOperations.program)
        let kinds = Set(AllOperations.program.operations.map(\.kind))
        #expect(kinds == Set(OperationKind.allCases))
    }

    private static let words: [UInt32] = [
        0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 25, 31, 255, 256, 65_535, 65_536, 1 << 24, 0x3F80_0000, 0x7F80_0000, 0x7FFF_FFFE, 0x7FFF_FFFF,
        1 << 31, 0xFFFF_FFF0, 0xFFFF_FFFE, 0xFFFF_FFFF,
    ]

    @Test func everyWordOfEveryKind() throws {
        let original = try ForgedFile(CompactFileWriter(AllOperations.content()).bytes())
        let program = original[.program]
        var accepted = 0
        for offset in stride(from: 36, to: program.count, by: 4) {
            for word in Self.words {
                var file = original
                file[.program].set(word, at: offset)
                let bytes = file.bytes()
                guard file[.program] != program, refusal(bytes) == nil else { continue }
                accepted += 1
                #expect(try rewritten(bytes) == file[.program])
            }
        }
        // Some values are as good as others: a window's width, an epsilon.
        #expect(accepted > 50)
    }

    @Test func everyByteOfTheHeads() throws {
        let original = try ForgedFile(CompactFileWriter(AllOperations.content()).bytes())
        var generator = SplitMix64(seed: 11)
        for _ in 0..<4_000 {
            var file = original
            for _ in 0...generator.nextInt(below: 3) {
                let place = generator.nextInt(below: file[.program].count)
                file[.program][place] = UInt8(truncatingIfNeeded: generator.next())
            }
            let bytes = file.bytes()
            if refusal(bytes) == nil { #expect(try rewritten(bytes) == file[.program]) }
        }
    }

    /// The program section that is written for the program of a file: there is one spelling of everything.
    private func rewritten(_ bytes: [UInt8]) throws -> [UInt8] {
        let stored = try #require(try FileLayout(bytes.span.bytes).program)
        var content = try AllOperations.content()
        content.program = stored.program
        content.arenaBytes = stored.needs.arenaBytes
        content.stateBytes = stored.needs.stateBytes
        var section = try ForgedFile(CompactFileWriter(content).bytes())[.program]
        // The count of multiply-accumulates is taken from the file, whatever it says.
        section.set(stored.needs.multiplyAccumulates, at: 20)
        return section
    }
}
