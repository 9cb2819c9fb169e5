#if canImport(CNNKernels)
    import CNNKernels
#endif

/// CRC-32C (Castagnoli): the checksum of every part of a `.nnc` file.
///
/// Reflected polynomial 0x82F63B78, initial value and final inversion 0xFFFFFFFF; the checksum of the ASCII digits
/// `123456789` is 0xE3069283. Bytes may come in pieces:
///
///     var crc = CRC32C()
///     crc.update(header)
///     crc.update(body)
///     crc.value
///
/// Cost: a fraction of a clock cycle per byte for long runs where the processor has an instruction for it and the C kernels are
/// there, otherwise two to three, with 1 KiB of stack. There are no stored tables (they would be global state); the table
/// is made from the polynomial in each call, in a fraction of a microsecond.
public struct CRC32C: Equatable, Sendable {
    private var register: UInt32 = 0xFFFF_FFFF

    public init() {}

    /// The checksum of the bytes so far.
    public var value: UInt32 { ~register }

    /// The checksum of `bytes`.
    public static func checksum(_ bytes: RawSpan) -> UInt32 {
        var crc = CRC32C()
        crc.update(bytes)
        return crc.value
    }

    public mutating func update(_ bytes: Span<UInt8>) { update(bytes.bytes) }

    public mutating func update(_ bytes: RawSpan) {
        #if canImport(CNNKernels)
            // Many processors have an instruction for it.
            if bytes.byteCount >= 64 {
                let kernels = nn_kernels_for(nn_best_isa())
                register = ~bytes.withUnsafeBytes { kernels.pointee.crc32c(value, $0.baseAddress, $0.count) }
                return
            }
        #endif
        updatePortably(bytes)
    }

    /// Without the C kernels.
    mutating func updatePortably(_ bytes: RawSpan) {
        var register = register
        let wordBytes = bytes.byteCount & ~7
        // Below this length making the table costs more than it saves.
        var done = 0
        if wordBytes >= 128 {
            register = Self.advance(register, overWordsOf: bytes, byteCount: wordBytes)
            done = wordBytes
        }
        while done < bytes.byteCount {
            register ^= UInt32(bytes.unsafeLoad(fromByteOffset: done, as: UInt8.self))
            register = Self.shiftedByNibble(Self.shiftedByNibble(register))
            done += 1
        }
        self.register = register
    }

    private static var polynomial: UInt32 { 0x82F6_3B78 }

    /// The register after four zero bits.
    @inline(__always)
    private static func shiftedByNibble(_ register: UInt32) -> UInt32 {
        var result = register
        for _ in 0..<4 { result = (result >> 1) ^ (polynomial & (0 &- (result & 1))) }
        return result
    }

    /// Eight bytes per step. `table[16 * i + n]` is what nibble `i` of the eight bytes contributes when it is `n`; the
    /// contributions are independent of each other, so the processor looks up all sixteen at once.
    private static func advance(_ start: UInt32, overWordsOf bytes: RawSpan, byteCount: Int) -> UInt32 {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { table in
            fill(table)
            var register = start
            var offset = 0
            while offset < byteCount {
                // Checked against the span's bounds; any eight bytes are a valid integer.
                let word = UInt64(
                    littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
                var rest = word ^ UInt64(register)
                register = 0
                for row in 0..<16 {
                    register ^= table[row &* 16 &+ Int(truncatingIfNeeded: rest & 15)]
                    rest >>= 4
                }
                offset &+= 8
            }
            return register
        }
    }

    private static func fill(_ table: UnsafeMutableBufferPointer<UInt32>) {
        // The last nibble passes through the register once, the one before it twice, and so on.
        for row in stride(from: 15, through: 0, by: -1) {
            for nibble in 0..<16 {
                let later = row == 15 ? UInt32(nibble) : table[16 * (row + 1) + nibble]
                table.initializeElement(at: 16 * row + nibble, to: shiftedByNibble(later))
            }
        }
    }
}
