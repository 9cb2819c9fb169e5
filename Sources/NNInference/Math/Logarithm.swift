extension ElementaryFormat {
    /// log(2^exponent * (1 + f + fLow)) as the sum of a leading part and a rest, for 1 + f in sqrt(1/2) ..< sqrt(2) and
    /// fLow at most an ulp of 1.
    ///
    /// log(1 + f) = 2 atanh(s) with s = f / (2 + f). The quotient is carried to about one and a half times the
    /// precision, the rest of the series is small against it.
    @inline(__always)
    private static func logarithmParts(exponent: Int32, f: Self, fLow: Self) -> (high: Self, low: Self) {
        let d = 2 + f
        let dHigh = d.highHalf
        let dLow = (d - dHigh) + (f - (d - 2)) + fLow
        let inverse = 1 / d
        let sHigh = (f * inverse).highHalf
        let sLow = (((f - sHigh * dHigh) - sHigh * dLow) + fLow) * inverse
        let s = sHigh + sLow
        let z = s * s
        let k = converting(exponent)
        // |k ln 2| is 0 or greater than |2s|, so the error of their sum comes out exactly. The first summand is 0 and
        // the sum exact when k is 0.
        let head = k * ln2High
        let twice = sHigh + sHigh
        let high = head + twice
        let error = exponent == 0 ? 0 : twice - (high - head)
        return (high, error + ((sLow + sLow) + (s * z * logTail(z) + k * ln2Low)))
    }

    /// log(x) as a rounded value and its remainder, for positive finite x.
    static func logarithmParts(_ x: Self) -> (high: Self, low: Self) {
        let (exponent, m) = binaryParts(x)
        let (high, low) = logarithmParts(exponent: exponent, f: m - 1, fLow: 0)
        let (sum, error) = exactSum(high, low)
        return (sum, error)
    }

    @inline(__always)
    static func naturalLogarithm(_ x: Self) -> Self {
        if !(x > 0) { return x == 0 ? -.infinity : .nan }
        if x == .infinity { return x }
        let (exponent, m) = binaryParts(x)
        let (high, low) = logarithmParts(exponent: exponent, f: m - 1, fLow: 0)
        return high + low
    }

    @inline(__always)
    static func naturalLogarithmOfOnePlus(_ x: Self) -> Self {
        if !(x > -1) { return x == -1 ? -.infinity : .nan }
        if x == .infinity { return x }
        // log(1 + x) = x to the last bit; keeps the sign of zero.
        if x.magnitude < ulpOfOne / 4 { return x }
        let (sum, sumLow) = exactSum(1, x)
        let (exponent, m) = binaryParts(sum)
        let (high, low): (Self, Self)
        if exponent == 0 {
            // Between sqrt(1/2) - 1 and sqrt(2) - 1: x itself is more exact than (1 + x) - 1.
            (high, low) = logarithmParts(exponent: 0, f: x, fLow: 0)
        } else {
            // Scaled by a power of two, in two steps because 2^-exponent may be subnormal.
            (high, low) = logarithmParts(
                exponent: exponent, f: m - 1, fLow: scaled(sumLow, by: 0 &- exponent))
        }
        return high + low
    }
}
