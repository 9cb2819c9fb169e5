/// What the standard library must know about a number type. Embedded Swift has no `Codable`; elsewhere the compiler wants
/// it spelled out, because `SIMDScalar` implies it.
#if hasFeature(Embedded)
    public typealias SIMDFloatingPoint = BinaryFloatingPoint & SIMDScalar & Sendable
#else
    public typealias SIMDFloatingPoint = BinaryFloatingPoint & SIMDScalar & Sendable & Codable
#endif

/// The number type of a session: `Float` everywhere, `Double` as the reference for verification.
///
/// The functions are written for this library and use no mathematics library, so that every target computes the same
/// numbers: only the four operations and bit patterns, each operation rounded by itself, never fused. On a target without
/// a floating-point unit the `Float` versions stay in `Float`.
///
/// Accuracy is given in units in the last place (ulp) and was measured, see the tests. Signed zeros, infinities, NaN,
/// subnormal arguments and results are handled as C's Annex F says.
public protocol Scalar: SIMDFloatingPoint {
    /// e^x. Within 1.1 ulp.
    static func exp(_ x: Self) -> Self
    /// e^x - 1, accurate near 0. Within 1.5 ulp.
    static func expm1(_ x: Self) -> Self
    /// The natural logarithm; NaN below 0. Within 1 ulp.
    static func log(_ x: Self) -> Self
    /// log(1 + x), accurate near 0. Within 1 ulp.
    static func log1p(_ x: Self) -> Self
    /// The hyperbolic tangent. Within 1.5 ulp.
    static func tanh(_ x: Self) -> Self
    /// 1 / (1 + e^-x), accurate for very negative x as well. Within 3 ulp.
    static func sigmoid(_ x: Self) -> Self
    /// The error function. Within 2 ulp.
    static func erf(_ x: Self) -> Self
    /// 1 - erf(x), accurate where erf(x) is near 1. Within 6 ulp.
    static func erfc(_ x: Self) -> Self
    /// The square root, correctly rounded.
    static func sqrt(_ x: Self) -> Self
    /// The sine of x radians, for arguments of any size. Within 1.5 ulp.
    static func sin(_ x: Self) -> Self
    /// The cosine of x radians, for arguments of any size. Within 1.5 ulp.
    static func cos(_ x: Self) -> Self
    /// x^y. Within 1.5 ulp for |y| <= 50. Beyond that within 4 ulp where the result is between 1e-43 and 1e43, and within
    /// 16 towards overflow and underflow.
    static func pow(_ x: Self, _ y: Self) -> Self
}

extension Float: Scalar {
    public static func exp(_ x: Float) -> Float { exponential(x) }
    public static func expm1(_ x: Float) -> Float { exponentialMinusOne(x) }
    public static func log(_ x: Float) -> Float { naturalLogarithm(x) }
    public static func log1p(_ x: Float) -> Float { naturalLogarithmOfOnePlus(x) }
    public static func tanh(_ x: Float) -> Float { hyperbolicTangent(x) }
    public static func sigmoid(_ x: Float) -> Float { logisticFunction(x) }
    public static func erf(_ x: Float) -> Float { errorFunction(x) }
    public static func erfc(_ x: Float) -> Float { complementaryErrorFunction(x) }
    public static func sqrt(_ x: Float) -> Float { root(x) }
    public static func sin(_ x: Float) -> Float { sine(x) }
    public static func cos(_ x: Float) -> Float { cosine(x) }
    public static func pow(_ x: Float, _ y: Float) -> Float { power(x, y) }
}

extension Double: Scalar {
    public static func exp(_ x: Double) -> Double { exponential(x) }
    public static func expm1(_ x: Double) -> Double { exponentialMinusOne(x) }
    public static func log(_ x: Double) -> Double { naturalLogarithm(x) }
    public static func log1p(_ x: Double) -> Double { naturalLogarithmOfOnePlus(x) }
    public static func tanh(_ x: Double) -> Double { hyperbolicTangent(x) }
    public static func sigmoid(_ x: Double) -> Double { logisticFunction(x) }
    public static func erf(_ x: Double) -> Double { errorFunction(x) }
    public static func erfc(_ x: Double) -> Double { complementaryErrorFunction(x) }
    public static func sqrt(_ x: Double) -> Double { root(x) }
    public static func sin(_ x: Double) -> Double { sine(x) }
    public static func cos(_ x: Double) -> Double { cosine(x) }
    public static func pow(_ x: Double, _ y: Double) -> Double { power(x, y) }
}
