import NNInference

extension CRC32C {
    /// The checksum of two parts one after the other, from the checksums of both.
    ///
    /// A checksum is a remainder modulo the CRC's polynomial; bytes that follow multiply it by a power of x. Cost: some hundred
    /// steps for every doubling of the second part's length.
    static func combined(_ first: UInt32, _ second: UInt32, secondByteCount: UInt64) -> UInt32 {
        product(first, power(ofEightTimes: secondByteCount)) ^ second
    }

    /// `x^(8 * count)` modulo the polynomial. Coefficients are reflected: the highest bit is that of x^0.
    private static func power(ofEightTimes count: UInt64) -> UInt32 {
        var result: UInt32 = 0x8000_0000
        var square: UInt32 = 0x0080_0000
        var rest = count
        while rest != 0 {
            if rest & 1 != 0 { result = product(result, square) }
            square = product(square, square)
            rest >>= 1
        }
        return result
    }

    private static func product(_ a: UInt32, _ b: UInt32) -> UInt32 {
        var result: UInt32 = 0
        var shifted = b
        var bit: UInt32 = 0x8000_0000
        while bit != 0 {
            if a & bit != 0 { result ^= shifted }
            shifted = shifted >> 1 ^ (shifted & 1 == 0 ? 0 : 0x82F6_3B78)
            bit >>= 1
        }
        return result
    }
}
