/// Bit patterns of the two 16-bit floating-point formats, and their conversion to and from `Float`.
///
/// The conversions work on bits, because Swift's `Float16` does not exist on every target (x86-64 macOS) and needs
/// run-time library calls on others (Cortex-M without the half-precision extension).
///
/// * Widening is exact. * Narrowing rounds to nearest, ties to even; overflow becomes infinity.
/// * A NaN keeps its sign and the leading bits of its payload; if none of those is set, it becomes a quiet NaN.
///   So every 16-bit pattern survives the way to `Float` and back bit for bit.
public enum HalfPrecision {
    /// The value of an IEEE 754 binary16 pattern (1 sign, 5 exponent, 10 fraction bits).
    public static func float(fromFloat16 bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10) & 0x1F
        let fraction = UInt32(bits) & 0x3FF
        switch exponent {
        case 0:
            // Zero or subnormal: fraction * 2^-24. Normalise so that the leading one leaves the fraction.
            guard fraction != 0 else { return Float(bitPattern: sign) }
            let shift = UInt32(truncatingIfNeeded: fraction.leadingZeroBitCount) - 21
            let normalised = (fraction << shift) & 0x3FF
            return Float(bitPattern: sign | ((113 - shift) << 23) | (normalised << 13))
        case 0x1F:
            return Float(bitPattern: sign | 0x7F80_0000 | (fraction << 13))
        default:
            return Float(bitPattern: sign | ((exponent + 112) << 23) | (fraction << 13))
        }
    }

    /// The IEEE 754 binary16 pattern nearest to `value`. From 65520 on the result is infinity; up to 2^-25 it is zero.
    public static func float16Bits(_ value: Float) -> UInt16 {
        let sign = UInt16(truncatingIfNeeded: value.bitPattern >> 16) & 0x8000
        let magnitude = value.bitPattern & 0x7FFF_FFFF
        if magnitude >= 0x7F80_0000 {
            let payload = UInt16(truncatingIfNeeded: magnitude >> 13) & 0x3FF
            let isNaN = magnitude > 0x7F80_0000
            return sign | 0x7C00 | (isNaN && payload == 0 ? 0x200 : payload)
        }
        if magnitude >= 0x477F_F000 { return sign | 0x7C00 }  // 65520: halfway between 65504 and 2^16
        if magnitude >= 0x3880_0000 {  // 2^-14: normal
            let rebiased = magnitude - (112 << 23)
            return sign | UInt16(truncatingIfNeeded: roundedRight(rebiased, by: 13))
        }
        if magnitude <= 0x3300_0000 { return sign }  // 2^-25: a tie with zero, which is even
        let significand = (magnitude & 0x007F_FFFF) | 0x0080_0000
        return sign | UInt16(truncatingIfNeeded: roundedRight(significand, by: 126 - (magnitude >> 23)))
    }

    /// The value of a bfloat16 pattern: the upper half of a `Float`.
    public static func float(fromBFloat16 bits: UInt16) -> Float {
        Float(bitPattern: UInt32(bits) << 16)
    }

    /// The bfloat16 pattern nearest to `value`.
    public static func bfloat16Bits(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if bits & 0x7FFF_FFFF > 0x7F80_0000 {
            let upper = UInt16(truncatingIfNeeded: bits >> 16)
            return upper & 0x7F == 0 ? upper | 0x40 : upper
        }
        return UInt16(truncatingIfNeeded: roundedRight(bits, by: 16))
    }

    /// `bits / 2^shift`, rounded to nearest, ties to even. A carry into the exponent field is the right result: it is
    /// the next power of two. `shift` is 1...24 and `bits` has room for the carry.
    @inline(__always)
    private static func roundedRight(_ bits: UInt32, by shift: UInt32) -> UInt32 {
        let lastKept = (bits >> shift) & 1
        return (bits + (1 << (shift - 1)) - 1 + lastKept) >> shift
    }
}
