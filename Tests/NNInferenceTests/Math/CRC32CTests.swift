import Testing

@testable import NNInference

@Suite struct CRC32CTests {
    /// One bit at a time, from the definition.
    private func bitwise(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var register: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            for bit in 0..<8 {
                let feedback = (register ^ UInt32(byte >> bit)) & 1
                register = (register >> 1) ^ (feedback * 0x82F6_3B78)
            }
        }
        return ~register
    }

    @Test func checkValues() {
        // The catalogue's check value, and the examples of RFC 3720, B.4.
        #expect(CRC32C.checksum(Array("123456789".utf8).span.bytes) == 0xE306_9283)
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32).span.bytes) == 0x8A91_36AA)
        #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32).span.bytes) == 0x62A8_AB43)
        #expect(CRC32C.checksum(Array(UInt8(0)..<32).span.bytes) == 0x46DD_794E)
        #expect(CRC32C().value == 0)
    }

    @Test func everyLengthAgreesWithTheDefinition() {
        var generator = SplitMix64(seed: 1)
        let bytes = (0..<400).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        for length in 0...bytes.count {
            let part = bytes.span.extracting(0..<length).bytes
            #expect(CRC32C.checksum(part) == bitwise(bytes[..<length]))
            var portable = CRC32C()
            portable.updatePortably(part)
            #expect(portable.value == bitwise(bytes[..<length]))
        }
    }

    @Test func piecesGiveTheSameAsTheWhole() {
        var generator = SplitMix64(seed: 2)
        let bytes = (0..<3000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        for _ in 0..<50 {
            var crc = CRC32C()
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + generator.nextInt(below: 700))
                crc.update(bytes.span.extracting(start..<end))
                start = end
            }
            #expect(crc.value == CRC32C.checksum(bytes.span.bytes))
        }
    }
}
