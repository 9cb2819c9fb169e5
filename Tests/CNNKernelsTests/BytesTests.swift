import CNNKernels
import Testing

@Suite struct ChecksumTests {
    /// Bit by bit, from the definition.
    private func crc32c(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 0 ? 0 : 0x82F6_3B78) }
        }
        return ~crc
    }

    /// RFC 3720, B.4.
    @Test(arguments: InstructionSet.supported)
    func `published values`(set: InstructionSet) {
        let crc = set.kernels.crc32c
        #expect(crc(0, Array("123456789".utf8), 9) == 0xE306_9283)
        #expect(crc(0, [UInt8](repeating: 0, count: 32), 32) == 0x8A91_36AA)
        #expect(crc(0, [UInt8](repeating: 0xFF, count: 32), 32) == 0x62A8_AB43)
        #expect(crc(0, [UInt8](0..<32), 32) == 0x46DD_794E)
        #expect(crc(0, nil, 0) == 0)
    }

    @Test(arguments: InstructionSet.supported)
    func `all lengths around the block sizes, any alignment, in parts`(set: InstructionSet) {
        let kernels = set.kernels
        var numbers = SeededNumbers(seed: 1)
        let bytes = (0..<26_000).map { _ in UInt8.random(in: .min ... .max, using: &numbers) }
        bytes.withUnsafeBufferPointer { bytes in
            for n in Array(0...20) + [255, 256, 767, 768, 769, 1536, 24_575, 24_576, 24_577, 25_999] {
                for start in [0, 1] {
                    let expected = crc32c(bytes[start..<start + n])
                    #expect(kernels.crc32c(0, bytes.baseAddress! + start, n) == expected, "\(n) bytes from \(start)")
                    let half = kernels.crc32c(0, bytes.baseAddress! + start, n / 3)
                    #expect(kernels.crc32c(half, bytes.baseAddress! + start + n / 3, n - n / 3) == expected)
                }
            }
        }
    }
}

@Suite struct PanelTests {
    @Test func `packing follows the definition and unpacking reverses it`() {
        for (rows, columns) in [(1, 1), (3, 31), (5, 32), (4, 33), (7, 64), (2, 300), (3, 1000), (0, 5), (5, 0)] {
            let matrix = (0..<rows * columns).map(Float.init)
            let expected = panels(of: matrix, rows: rows, columns: columns)
            let packed = GuardedFloats(count: rows * columns), source = GuardedFloats(matrix)
            nn_pack_panels(source.pointer, columns, packed.pointer, rows, columns, 0, columns, 4)
            #expect(packed.values == expected)
            let back = GuardedFloats(count: rows * columns)
            nn_unpack_panels(packed.pointer, back.pointer, columns, rows, columns, 0, columns, 4)
            #expect(back.values == matrix)
        }
    }

    @Test func `a column range is a range of panels, also of a wider matrix`() {
        let rows = 6, columns = 110, stride = 120
        let wide = (0..<rows * stride).map(Float.init)
        let matrix = (0..<rows).flatMap { wide[$0 * stride ..< $0 * stride + columns] }
        let expected = panels(of: matrix, rows: rows, columns: columns)
        for range in [0..<32, 32..<96, 64..<110] {
            var packed = [Float](repeating: .nan, count: range.count * rows)
            nn_pack_panels(wide, stride, &packed, rows, columns, range.lowerBound, range.upperBound, 4)
            #expect(packed == Array(expected[range.lowerBound * rows ..< range.upperBound * rows]))
        }
    }

    @Test(arguments: [1, 2, 8])
    func `elements of other sizes`(bytes: Int) {
        let rows = 3, columns = 70
        let matrix = (0..<rows * columns * bytes).map { UInt8(truncatingIfNeeded: $0 / bytes &* 31 &+ $0 % bytes) }
        var packed = [UInt8](repeating: 0, count: matrix.count), back = packed
        nn_pack_panels(matrix, columns, &packed, rows, columns, 0, columns, bytes)
        nn_unpack_panels(packed, &back, columns, rows, columns, 0, columns, bytes)
        #expect(back == matrix)
        let element = 1 * columns + 40  // row 1, second panel, its column 8
        let place = 32 * rows + 1 * 32 + 8
        #expect(Array(packed[place * bytes ..< (place + 1) * bytes]) == Array(matrix[element * bytes ..< (element + 1) * bytes]))
    }
}
