extension ElementaryFormat {
    /// x = k ln 2 + r + rLow with |r| <= ln(2)/2 and k an integer.
    @inline(__always)
    private static func reduced(_ x: Self) -> (k: Int32, r: Self, rLow: Self) {
        let shifted = x * inverseLn2 + roundingShift
        let k = shifted - roundingShift
        let high = x - k * ln2High
        let low = k * ln2Low
        let r = high - low
        return (integer(shifted: shifted), r, (high - r) - low)
    }

    /// Without branches, so that a loop over it can be vectorised. A NaN passes through the comparisons and the
    /// arithmetic; what its bits make of `k` does not matter.
    @inline(__always)
    static func exponential(_ x: Self) -> Self {
        let low = x < expLowerBound ? expLowerBound : x
        let (k, r, _) = reduced(low > expUpperBound ? expUpperBound : low)
        return scaled(1 + (r + r * r * expTail(r)), by: k)
    }

    /// e^(x + xLow), where xLow is a correction of at most a few ulp of x.
    static func exponential(_ x: Self, low xLow: Self) -> Self {
        if !(x > expLowerBound) { return x.isNaN ? x : 0 }
        if x > expUpperBound { return .infinity }
        let (k, r, rLow) = reduced(x)
        let correction = rLow + xLow
        let tail = r * r * expTail(r)
        return scaled(1 + (r + (tail + correction * (1 + r + tail))), by: k)
    }

    @inline(__always)
    static func exponentialMinusOne(_ x: Self) -> Self {
        // Here the 1 is less than half an ulp of the result, on either side.
        let limit = converting(Int32(truncatingIfNeeded: significandBitCount &+ 3))
        if x > limit { return exponential(x) }
        if x < -limit { return -1 }
        // e^x - 1 = x to the last bit; keeps the sign of zero.
        if x.magnitude < ulpOfOne / 4 { return x }
        let (k, r, rLow) = reduced(x)
        // 2^k e^r - 1 = (2^k - 1) + 2^k r + 2^k (e^r - 1 - r); only the first sum can lose bits that matter.
        let scale = powerOfTwo(k)
        let (head, error) = exactSum(scale - 1, scale * r)
        return head + (error + scale * (rLow + r * r * expTail(r)))
    }
}
