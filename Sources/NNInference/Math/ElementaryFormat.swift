/// What the elementary functions must know about a floating-point format; the functions themselves are written once, in
/// extensions of this protocol.
///
/// The polynomials were fitted for this library with the Remez exchange algorithm in 60 digits and then rounded to the
/// format; each is accurate to a small part of an ulp of the function it serves. A "tail" is what remains of a function
/// after its exactly known leading terms.
protocol ElementaryFormat: BinaryFloatingPoint {
    /// 1 / ln 2.
    static var inverseLn2: Self { get }
    /// ln 2 in two parts. The first has so many trailing zero bits that its product with any exponent is exact.
    static var ln2High: Self { get }
    static var ln2Low: Self { get }
    /// 3/2 * 2^(fraction bits): adding it rounds a small number to an integer, which then stands in the lowest bits.
    static var roundingShift: Self { get }
    /// From below these bounds on exp(x) is 0 or infinity.
    static var expLowerBound: Self { get }
    static var expUpperBound: Self { get }

    /// The integer n, given n + `roundingShift`.
    static func integer(shifted: Self) -> Int32
    /// 2^exponent for the exponent of a normal number.
    static func powerOfTwo(_ exponent: Int32) -> Self
    /// The number with the lower half of its fraction bits cleared: products of two such numbers are exact.
    var highHalf: Self { get }
    /// (e, m) with x = m * 2^e and m in sqrt(1/2) ..< sqrt(2), for positive finite x, subnormal ones included.
    static func binaryParts(_ x: Self) -> (exponent: Int32, mantissa: Self)
    /// `Self(value)`, for |value| <= 2^24.
    static func converting(_ value: Int32) -> Self
    /// The nearest number, at most 1 ulp off. Not used where speed matters.
    static func converting(_ value: UInt64) -> Self
    /// The magnitude of a finite number as integer * 2^exponent.
    static func integerParts(_ x: Self) -> (integer: UInt64, exponent: Int)

    /// (e^r - 1 - r) / r^2 for |r| <= ln(2)/2.
    static func expTail(_ r: Self) -> Self
    /// (2 atanh(s) - 2s) / s^3 with z = s^2, for |s| <= (sqrt(2) - 1) / (sqrt(2) + 1).
    static func logTail(_ z: Self) -> Self
    /// (tanh(x) / x - 1) / z with z = x^2, for |x| <= 0.625.
    static func tanhTail(_ z: Self) -> Self
    /// erf(x) / x - 1 with z = x^2, for |x| <= 1.
    static func erfTail(_ z: Self) -> Self
    /// (1 + 2x) e^(x^2) erfc(x) with t = (x - 4) / (x + 4), for x from 1 to where erfc(x) underflows.
    static func erfcxBody(_ t: Self) -> Self
    /// (sin(x) / x - 1) / z with z = x^2, for |x| <= pi/4.
    static func sinTail(_ z: Self) -> Self
    /// (cos(x) - 1 + z/2) / z^2 with z = x^2, for |x| <= pi/4.
    static func cosTail(_ z: Self) -> Self
}

extension ElementaryFormat {
    /// a + b as a rounded sum and its exact error (Knuth).
    @inline(__always)
    static func exactSum(_ a: Self, _ b: Self) -> (sum: Self, error: Self) {
        let sum = a + b
        let part = sum - a
        return (sum, (a - (sum - part)) + (b - part))
    }

    /// a * b as a rounded product and its error, exact unless it underflows (Dekker). A fused multiply-add would do
    /// it in one step, but is a library call where the processor has none.
    @inline(__always)
    static func exactProduct(_ a: Self, _ b: Self) -> (product: Self, error: Self) {
        let product = a * b
        let (aHigh, bHigh) = (a.highHalf, b.highHalf)
        let (aLow, bLow) = (a - aHigh, b - bHigh)
        return (product, ((aHigh * bHigh - product) + (aHigh * bLow + aLow * bHigh)) + aLow * bLow)
    }

    /// y * 2^exponent, rounded once, for exponents whose halves are exponents of normal numbers.
    @inline(__always)
    static func scaled(_ y: Self, by exponent: Int32) -> Self {
        let half = exponent >> 1
        return y * powerOfTwo(half) * powerOfTwo(exponent &- half)
    }
}
