/// The generator of verification inputs. Its output is part of the `.nnc` format: a file stores a seed, and every reader
/// must draw the same numbers from it.
///
/// All integer arithmetic is modulo 2^64. The state starts as the seed. Each draw does
///
///     state = state + 0x9E3779B97F4A7C15
///     z = state
///     z = (z xor (z >> 30)) * 0xBF58476D1CE4E5B9
///     z = (z xor (z >> 27)) * 0x94D049BB133111EB
///     z = z xor (z >> 31)          -> the number drawn
///
/// (SplitMix64: Steele, Lea and Flood 2014, with Stafford's mix 13.) Seed 0 gives 0xE220A8397B1DCDAF first.
public struct SplitMix64: Equatable, Sendable {
    /// What the next draw starts from; after a seed, the seed itself.
    public var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// 64 uniformly distributed bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in `low ..< high`, from one draw.
    ///
    /// With `u` the upper 24 bits of the draw, the result is `low + (u * 2^-24) * (high - low)`, each of the operations
    /// rounded to binary32 by itself (no fused multiply-add). Where this rounds up to `high`, the result is the
    /// largest binary32 number below `high`. If `low < high` does not hold, the result is `low`; one draw is used up
    /// all the same. `high - low` must not overflow.
    public mutating func nextFloat(from low: Float, to high: Float) -> Float {
        let fraction = Float(UInt32(truncatingIfNeeded: next() >> 40)) * 0x1p-24
        guard low < high else { return low }
        let result = low + fraction * (high - low)
        return result < high ? result : high.nextDown
    }

    /// A number in `0 ..< bound`, every one equally likely.
    ///
    /// With `p = draw * bound` as a 128-bit product, the result is `p >> 64`; but while `p mod 2^64` is less than
    /// `2^64 mod bound`, the draw is discarded and another one is made (Lemire 2019). If `bound` is 0 or less, the
    /// result is 0 and nothing is drawn.
    public mutating func nextInt(below bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        let count = UInt64(bound)
        var product = next().multipliedFullWidth(by: count)
        if product.low < count {
            let excess = (0 &- count) % count
            while product.low < excess { product = next().multipliedFullWidth(by: count) }
        }
        return Int(truncatingIfNeeded: product.high)
    }
}
