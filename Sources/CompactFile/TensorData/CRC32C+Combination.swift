import NNInference

extension CRC32C {
    /// The checksum of parts one after the other, from the checksums of each.
    ///
    /// A checksum is a remainder modulo the CRC's polynomial; bytes that follow multiply it by a power of x. Cost: some thousand
    /// steps for a part that is not as long as the one before it, some ten otherwise.
    struct Chain {
        private(set) var value = CRC32C().value
        private var byteCount: UInt64 = 0
        private var power: UInt32 = one

        mutating func append(_ checksum: UInt32, byteCount: UInt64) {
            if byteCount != self.byteCount { (self.byteCount, power) = (byteCount, Self.power(ofEightTimes: byteCount)) }
            value = Self.product(value, power) ^ checksum
        }

        /// Coefficients are reflected: the highest bit is that of x^0.
        private static var one: UInt32 { 0x8000_0000 }

        /// `x^(8 * count)` modulo the polynomial.
        private static func power(ofEightTimes count: UInt64) -> UInt32 {
            var result = one
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
            var bit = one
            while bit != 0 {
                if a & bit != 0 { result ^= shifted }
                shifted = shifted >> 1 ^ (shifted & 1 == 0 ? 0 : 0x82F6_3B78)
                bit >>= 1
            }
            return result
        }
    }
}
