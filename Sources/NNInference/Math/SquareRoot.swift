extension ElementaryFormat {
    /// On 32-bit ARM without a floating-point unit the hardware root is a call of the C library, which a bare-metal
    /// program need not have.
    @inline(__always)
    static func root(_ x: Self) -> Self {
        #if arch(arm)
            portableRoot(x)
        #else
            x.squareRoot()
        #endif
    }

    /// The square root from the four operations.
    static func portableRoot(_ x: Self) -> Self {
        if !(x > 0) || x == .infinity { return x < 0 ? .nan : x }
        // x = m * 4^half with m in sqrt(1/2) ..< 2 sqrt(2).
        var (exponent, m) = binaryParts(x)
        let half = exponent >> 1
        if exponent & 1 != 0 { m += m }
        // The chord of the root is at most 14 % off; each Newton step squares the relative error.
        var y = (m + 1) / 2
        for _ in 0..<5 { y = (y + m / y) / 2 }
        // One more step with the exact remainder rounds it.
        let (square, error) = exactProduct(y, y)
        y += ((m - square) - error) / (y + y)
        return y * powerOfTwo(half)
    }
}
