/// Numbers of coarser types, as quantised layers round to them.
extension Scalar {
    /// To the nearest whole number, ties to even; for numbers within 32 bits, and NaN.
    @inline(__always)
    package func roundedToWhole() -> Self {
        guard self == self else { return self }
        let whole = Int32(self)
        let rest = (self - Self(whole)).magnitude
        guard rest > 0.5 || rest == 0.5 && whole % 2 != 0 else { return Self(whole) }
        return Self(self < 0 ? whole - 1 : whole + 1)
    }

    /// To the nearest number of four bits of exponent and three of fraction (float8 e4m3, which has no infinities), ties to even; numbers beyond
    /// ±448 to those.
    package func roundedToFloat8() -> Self {
        let number: Self = self > 448 ? 448 : self < -448 ? -448 : self
        // Below 2^-6 all numbers are as far apart as there.
        var step: Self = 0x1p-9
        while number.magnitude >= 16 * step { step *= 2 }
        return (number / step).roundedToWhole() * step
    }
}
