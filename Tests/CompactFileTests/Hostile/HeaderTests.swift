import CompactFile
import NNInference
import Testing

/// Headers and section tables with right checksums and wrong content.
@Suite struct HeaderTests {
    private func reason(_ change: (inout ForgedFile) throws -> Void) throws -> FormatError.Reason? {
        var file = try ForgedFile(try SmallModel.fullBytes())
        try change(&file)
        return refusal(file.bytes())?.reason
    }

    @Test func forgingNothingChangesNothing() throws {
        let original = try SmallModel.fullBytes()
        #expect(try ForgedFile(original).bytes() == original)
    }

    @Test func versions() throws {
        for version in [0, 2, 0xFFFF] as [UInt16] {
            #expect(try reason { $0.container = version } == .containerVersion(version))
        }
        for version in [0, 2, 0xFFFF] as [UInt16] {
            #expect(try reason { $0.operationSet = version } == .operationSet(version))
        }
    }

    @Test func reservedFields() throws {
        #expect(try reason { $0.flags = 1 } == .reserved)
        #expect(try reason { $0.flags = 0x80 } == .reserved)
        #expect(try reason { $0.reserved = 1 } == .reserved)
        #expect(try reason { $0.parts[1].reserved = 1 } == .reserved)
        #expect(try reason { $0.change(.data) { $0.checksum = 1 } } == .reserved)
    }

    @Test func alignments() throws {
        for exponent in [0, 3, 13, 63, 64, 255] as [UInt8] {
            var bytes = try SmallModel.bytes()
            bytes[12] = exponent
            bytes.set(headerChecksum(bytes), at: 24)
            #expect(refusal(bytes)?.reason == .alignment(exponent))
        }
    }

    @Test(arguments: [0, 1, 1 << 31, 1 << 32, 1 << 63, UInt64.max]) func lengths(_ length: UInt64) throws {
        let found = UInt64(try SmallModel.fullBytes().count)
        #expect(try reason { $0.length = length } == .length(declared: length, found: found))
    }

    @Test func sectionCounts() throws {
        for count in [0, 1, 65, 0xFFFF] as [UInt16] {
            var bytes = try SmallModel.bytes()
            bytes.set(count, at: 14)
            #expect(refusal(bytes)?.reason == .sectionCount(count))
        }
        // More than there are bytes for.
        var bytes = try SmallModel.bytes()
        bytes.set(UInt16(64), at: 14)
        #expect(refusal(bytes)?.reason == .truncated(needed: 32 + 64 * 16, available: UInt64(bytes.count)))
    }

    @Test func unknownSections() throws {
        #expect(try reason { $0.parts.insert(.init(kind: 0x8006, bytes: [1, 2, 3]), at: 4) } == .unknownSection(0x8006))
        // One that may be skipped is skipped, but its checksum and its padding count.
        #expect(try reason { $0.parts.insert(.init(kind: 0x0006, bytes: [1, 2, 3]), at: 4) } == nil)
        #expect(try reason { $0.parts.insert(.init(kind: 0x0006, bytes: [1], checksum: 7), at: 4) } == .checksum(.section(6)))
        #expect(try reason { $0.parts.insert(.init(kind: 0x0006, bytes: [1]), at: 4); $0.parts[5].paddingByte = 1 } == .padding)
    }

    @Test func sectionOrder() throws {
        #expect(try reason { $0.parts.swapAt(0, 1) } == .sectionOrder(0x8001))
        #expect(try reason { $0.parts.insert($0.parts[1], at: 1) } == .sectionOrder(0x8002))
        #expect(try reason { $0.parts.append(.init(kind: 6, bytes: [])) } == .sectionOrder(6))
        #expect(try reason { $0.parts.insert(.init(kind: 0, bytes: []), at: 0) } == .sectionOrder(0))
        // A kind differs from its critical twin in nothing but what a reader does with it.
        #expect(try reason { $0.parts.insert(.init(kind: 0x0001, bytes: []), at: 1) } == .sectionOrder(1))
    }

    @Test func missingSections() throws {
        #expect(try reason { $0.parts.removeFirst() } == .missingSection(.tensors))
        #expect(try reason { $0.parts.removeLast() } == .missingSection(.data))
        #expect(try reason { $0.parts.remove(at: 1) } == .operationSet(1))
        #expect(try reason { file in
            file.parts.remove(at: 1)
            file.operationSet = 0
        } == .unexpectedSection(.names))
    }

    @Test(arguments: [0, 1, 1 << 31, 1 << 63, UInt64.max]) func sectionLengths(_ length: UInt64) throws {
        for index in 0..<4 { #expect(try reason { $0.parts[index].length = length } != nil) }
        #expect(try reason { $0.change(.data) { $0.length = length } } != nil)
    }

    @Test func paddingBetweenSections() throws {
        // Names end off a multiple of four, so there is padding behind them.
        #expect(try SmallModel.fullBytes().count == 636)
        var file = try ForgedFile(try SmallModel.fullBytes())
        file[.names] = Array(file[.names].dropLast(3)) + [0]
        file.change(.verification) { $0.paddingByte = 9 }
        #expect(refusal(file.bytes())?.reason == .padding)
        #expect(try reason { $0.change(.data) { $0.paddingByte = 1 } } == .padding)
    }

    @Test func aPrefixIsEnough() throws {
        let bytes = try SmallModel.fullBytes()
        let length = UInt64(bytes.count)
        let data = try #require(try FileLayout(bytes.span.bytes).section(.data)).range.lowerBound
        let prefix = Array(bytes[..<data])
        let layout = try FileLayout(prefix: prefix.span.bytes, fileLength: length)
        #expect(layout.tensors.count == 4)
        #expect(try layout.names(in: prefix.span.bytes) == SmallModel.names)
        #expect(throws: FormatError.self) { try layout.verifyTensor(0, in: prefix.span.bytes) }
        let short = Array(prefix.dropLast())
        #expect(throws: FormatError.self) { try FileLayout(prefix: short.span.bytes, fileLength: length) }
    }
}

/// The right checksum of a header and section table.
func headerChecksum(_ bytes: [UInt8]) -> UInt32 {
    var covered = Array(bytes.prefix(32 + 16 * (Int(bytes[14]) | Int(bytes[15]) << 8)))
    covered.set(UInt32(0), at: 24)
    return CRC32C.checksum(covered.span.bytes)
}
