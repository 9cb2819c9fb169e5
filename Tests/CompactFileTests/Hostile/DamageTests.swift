import CompactFile
import NNInference
import Testing

/// What happens to files by accident: nothing of it goes unnoticed.
@Suite struct DamageTests {
    static func withSource() throws -> [UInt8] {
        var content = try SmallModel.fullContent()
        content.source = Array("any bytes will do".utf8)
        return try CompactFileWriter(content).bytes()
    }

    @Test func everyFlippedBitIsRefused() throws {
        let original = try Self.withSource()
        #expect(refusal(original) == nil)
        for offset in original.indices {
            for bit in 0..<8 {
                var bytes = original
                bytes[offset] ^= 1 << UInt8(bit)
                if refusal(bytes) == nil { Issue.record("bit \(bit) of byte \(offset) may be anything") }
            }
        }
    }

    @Test func everyTruncationIsRefused() throws {
        let original = try Self.withSource()
        for count in original.indices {
            let reason = refusal(Array(original.prefix(count)))?.reason
            switch reason {
            case .truncated, .length: break
            default: Issue.record("\(count) bytes: \(String(describing: reason))")
            }
        }
    }

    @Test func whatIsAppendedIsRefused() throws {
        let original = try Self.withSource()
        for extra in [[0], [UInt8](repeating: 0, count: 64), original] {
            #expect(
                refusal(original + extra)?.reason
                    == .length(declared: UInt64(original.count), found: UInt64(original.count + extra.count)))
        }
    }

    @Test func everyFlippedByteBeforeTheDataIsRefusedWithoutReadingTheData() throws {
        let original = try Self.withSource()
        let data = try #require(try FileLayout(original.span.bytes).section(.data)).range.lowerBound
        for offset in 0..<data {
            var bytes = original
            bytes[offset] = ~bytes[offset]
            #expect(throws: FormatError.self) { try FileLayout(bytes.span.bytes) }
        }
    }

    @Test func damagedTensorsAreNamed() throws {
        var bytes = try SmallModel.bytes()
        let layout = try FileLayout(bytes.span.bytes)
        let place = layout.tensors[2].range.lowerBound + 5
        bytes[place] ^= 0x40
        #expect(refusal(bytes) == FormatError(.checksum(.tensor(2)), at: UInt64(layout.tensors[2].range.lowerBound)))
        try layout.verifyTensor(1, in: bytes.span.bytes)
        #expect(throws: FormatError.self) { try layout.verifyTensor(2, in: bytes.span.bytes) }
    }

    @Test func otherFilesAreRecognised() {
        func resemblance(_ bytes: [UInt8]) -> FormatError.Resemblance? {
            guard case .signature(let found) = refusal(bytes + [UInt8](repeating: 0, count: 100))?.reason else { return nil }
            return found
        }
        #expect(resemblance([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) == .hdf5)
        #expect(resemblance([0x50, 0x4B, 3, 4, 20, 0, 0, 0]) == .zip)
        #expect(resemblance(Array("GGUF\u{3}\0\0\0".utf8)) == .gguf)
        #expect(resemblance(Array("{\"class_name\"".utf8)) == .json)
        #expect(resemblance([0x8E, 0x4E, 0x4E, 0x43, 0x0A, 0x1A, 0x0A, 1]) == .damagedInTransfer)
        #expect(resemblance([0x8E, 0x4E, 0x4E, 0x43, 0x0D, 0x0D, 0x0A, 0x1A]) == .damagedInTransfer)
        #expect(resemblance([0x0E, 0x4E, 0x4E, 0x43, 0x0D, 0x0A, 0x1A, 0x0A]) == .damagedInTransfer)
        #expect(resemblance([0x43, 0x4E, 0x4E, 0x8E, 0x0A, 0x1A, 0x0A, 0x0D]) == .byteSwapped)
        #expect(resemblance([0x0A, 0x1A, 0x0A, 0x0D, 0x43, 0x4E, 0x4E, 0x8E]) == .byteSwapped)
        #expect(resemblance([0, 0, 0, 0, 0, 0, 0, 0]) == .unknown)
    }

    @Test func shortFiles() {
        #expect(refusal([]) == FormatError(.truncated(needed: 32, available: 0), at: 0))
        #expect(refusal([0x8E]) == FormatError(.truncated(needed: 32, available: 1), at: 0))
        #expect(refusal([0x50])?.reason == .signature(.unknown))
    }
}
