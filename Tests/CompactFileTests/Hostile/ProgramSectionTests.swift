import CompactFile
import NNInference
import Testing

/// Program sections with right checksums and wrong content.
@Suite struct ProgramSectionTests {
    /// Of the 4-8-3 network: counts, four numbers of eight bytes, the input at 36, the output at 48, dense at 52 and 68, softmax at 84.
    private func reason(_ change: (inout [UInt8]) -> Void) throws -> FormatError.Reason? {
        var file = try ForgedFile(try SmallModel.bytes())
        change(&file[.program])
        return refusal(file.bytes())?.reason
    }

    @Test func sectionAsSpecified() throws {
        let program = try ForgedFile(try SmallModel.bytes())[.program]
        #expect(program.count == 100)
        #expect(Array(program[..<4]) == [1, 0, 1, 0])
        #expect(Array(program[28..<36]) == [0b1000_0010, 0, 0, 0, 0, 0, 0, 0])
        #expect(Array(program[36..<48]) == [1, 2, 0, 0, 255, 255, 255, 255, 4, 0, 0, 0])
        #expect(Array(program[48..<56]) == [3, 0, 0, 0, 1, 1, 1, 4])
    }

    @Test func counts() throws {
        #expect(try reason { $0.set(UInt16(0xFFFF), at: 0) } != nil)
        #expect(try reason { $0.set(UInt16(0xFFFF), at: 2) } == .count(0xFFFF))
        #expect(try reason { $0.set(UInt16(0), at: 2) } != nil)
        #expect(try reason { $0.set(UInt16(14), at: 2) } == .count(14))
        for length in stride(from: 0, to: 100, by: 1) { #expect(try reason { $0.removeLast(100 - length) } != nil) }
        #expect(try reason { $0.append(0) } == .sectionLength(.program))
        #expect(try reason { $0.put(UInt32(0)) } == .program(ProgramError(.recordLength, operation: 3)))
    }

    @Test func inputs() throws {
        #expect(try reason { $0[36] = 0 } == .valueType(0))
        #expect(try reason { $0[36] = 6 } == .valueType(6))
        #expect(try reason { $0[37] = 0 } == .rank(0))
        #expect(try reason { $0[37] = 9 } == .rank(9))
        #expect(try reason { $0[38] = 1 } == .reserved)
        #expect(try reason { $0[39] = 1 } == .reserved)
        #expect(try reason { $0.set(UInt32(0), at: 44) } == .dimension(0))
        #expect(try reason { $0.set(UInt32(1 << 31), at: 44) } == .dimension(1 << 31))
        #expect(try reason { $0.set(UInt32.max - 1, at: 44) } == .dimension(.max - 1))
        #expect(try reason { $0.set(UInt32(5), at: 44) } == .program(ProgramError(.dimension(axis: 1, expected: 4, found: 5), operation: 0)))
    }

    @Test func operationKinds() throws {
        #expect(try reason { $0.set(UInt64(0), at: 28) } == .operationKinds)
        #expect(try reason { $0.set(UInt64.max, at: 28) } == .operationKinds)
        #expect(try reason { $0[52] = 0 } == .program(ProgramError(.unknownKind(0), operation: 0)))
        #expect(try reason { $0[52] = 255 } == .program(ProgramError(.unknownKind(255), operation: 0)))
        #expect(try reason { $0[69] = 2 } == .program(ProgramError(.unknownVersion(kind: 1, version: 2), operation: 1)))
    }

    @Test func recordLengths() throws {
        for length in [0, 3, 255] as [UInt8] {
            #expect(try reason { $0[55] = length } == .program(ProgramError(.recordLength, operation: 0)))
        }
        // The next record's head is no statistics.
        #expect(try reason { $0[55] = 5 } != nil)
        // A record without its end is no record.
        #expect(try reason { $0.removeLast(4) } == .program(ProgramError(.recordLength, operation: 2)))
    }

    @Test func references() throws {
        // The first operation may only read the input: its own result, later ones and "none" are refused.
        for value in [1, 2, 3, 4, 1 << 31, UInt32.max] as [UInt32] {
            #expect(try reason { $0.set(value, at: 56) } == .program(ProgramError(.valueIndex(Int(value)), operation: 0)))
        }
        for tensor in [4, 1 << 31, UInt32.max] as [UInt32] {
            #expect(try reason { $0.set(tensor, at: 60) } == .program(ProgramError(.tensorIndex(Int(tensor)), operation: 0)))
        }
        #expect(try reason { $0.set(UInt32(4), at: 48) } == .program(ProgramError(.valueIndex(4))))
        // A tensor of the wrong shape.
        #expect(try reason { $0.set(UInt32(2), at: 60) } != nil)
        #expect(try reason { $0.set(UInt32(3), at: 64) } != nil)
    }

    @Test func attributes() throws {
        // Activation, softmax axes and softmax flags outside their ranges.
        #expect(try reason { $0[54] = 255 } != nil)
        #expect(try reason { $0.set(UInt32(0), at: 92) } != nil)
        #expect(try reason { $0.set(UInt32(1), at: 92) } != nil)
        #expect(try reason { $0.set(UInt32(4), at: 92) } != nil)
        #expect(try reason { $0.set(UInt32.max, at: 92) } != nil)
        #expect(try reason { $0.set(UInt32(2), at: 96) } != nil)
        // A final activation on a kind that has none.
        #expect(try reason { $0[86] = 1 } == .program(ProgramError(.recordLength, operation: 2)))
    }

    @Test func everyWordChangedIsEitherRefusedOrAnotherProgram() throws {
        let original = try ForgedFile(try SmallModel.bytes())
        for offset in stride(from: 48, to: 100, by: 4) {
            for word in [0, 1, 2, 3, 4, 5, 8, 255, 1 << 16, 1 << 24, 1 << 31, 0x7FFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFF] as [UInt32] {
                var file = original
                file[.program].set(word, at: offset)
                let bytes = file.bytes()
                guard refusal(bytes) == nil, file[.program] != original[.program] else { continue }
                #expect(try FileLayout(bytes.span.bytes).program?.program != SmallModel.program)
            }
        }
    }

    @Test func filesWithoutProgram() throws {
        var content = try SmallModel.content()
        content.program = nil
        content.source = [1, 2, 3]
        let layout = try openVerified(try CompactFileWriter(content).bytes())
        #expect(layout.program == nil)
        #expect(layout.header.operationSet == 0)
        #expect(layout.sections.map(\.kind) == [.tensors, .source, .data])
    }

    @Test func recurrentNetworksAndOpenDimensions() throws {
        var content = CompactFileContent(tensors: [
            .init(try SmallModel.tensor([3, 8], first: 0)), .init(try SmallModel.tensor([2, 8], first: 1)),
            .init(try SmallModel.tensor([8], first: 2)),
        ])
        content.program = Program(
            inputs: [ValueInfo(.number, Shape([Shape.unknown, Shape.unknown, 3])), ValueInfo(.int32, Shape([Shape.unknown, 5]))],
            operations: [
                .recurrent(
                    Recurrent(
                        cell: .lstm, input: ValueID(0), kernel: TensorID(0), recurrentKernel: TensorID(1), bias: TensorID(2),
                        activation: .tanh, recurrentActivation: .sigmoid))
            ], outputs: [ValueID(2)])
        content.verification = [
            VerificationVector(
                seed: 7, ranges: [InputRange(0, 0.5), InputRange(0, 10)], openDimensions: [6],
                digests: [Digest(norm: 1, early: 0, middle: 0, late: 0)])
        ]
        let bytes = try CompactFileWriter(content).bytes()
        let layout = try openVerified(bytes)
        let stored = try #require(layout.program)
        #expect(stored.program == content.program)
        #expect(stored.needs.multiplyAccumulates == ProgramNeeds.unknown)
        let vectors = try layout.verification(in: bytes.span.bytes)
        #expect(vectors == content.verification)
        #expect(vectors[0].inputs(of: stored.program).map(\.shape.dimensions) == [[1, 6, 3], [1, 5]])
    }
}
