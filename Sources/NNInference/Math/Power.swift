extension ElementaryFormat {
    /// x^y as e^(y log x), with the product carried in two parts.
    static func power(_ x: Self, _ y: Self) -> Self {
        if y == 0 || x == 1 { return 1 }
        if x.isNaN || y.isNaN { return .nan }
        let parity = integerParity(y)
        let negative = x.sign == .minus && parity == .odd
        if x == 0 || x.isInfinite || y.isInfinite {
            if x == -1 { return 1 }  // y is infinite
            // Grows or vanishes: decided by |x| against 1 and the sign of y.
            let grows = (x.magnitude > 1) == (y > 0)
            let magnitude: Self = grows ? .infinity : 0
            return negative ? -magnitude : magnitude
        }
        if x < 0 && parity == .none { return .nan }
        let (high, low) = logarithmParts(x.magnitude)
        // Beyond this the power is 0 or infinity for every x but 1; keeps the splitting of the product from overflowing.
        let bound = powerOfTwo(64)
        let exponent = y > bound ? bound : (y < -bound ? -bound : y)
        let (product, error) = exactProduct(exponent, high)
        let magnitude = exponential(product, low: error + exponent * low)
        return negative ? -magnitude : magnitude
    }

    private static func integerParity(_ y: Self) -> IntegerParity {
        if y.isInfinite { return .even }
        let (integer, exponent) = integerParts(y)
        if exponent > 0 { return .even }
        if integer.trailingZeroBitCount < -exponent { return .none }
        return (integer >> UInt64(-exponent)) & 1 == 0 ? .even : .odd
    }
}

/// Whether a number is an even integer, an odd one, or none.
private enum IntegerParity { case none, even, odd }
