extension ElementaryFormat {
    @inline(__always)
    static func errorFunction(_ x: Self) -> Self {
        if x.magnitude < 1 { return x + x * erfTail(x * x) }
        let large = 1 - complementaryErrorFunctionFromOneOn(x.magnitude)
        return x < 0 ? -large : large
    }

    @inline(__always)
    static func complementaryErrorFunction(_ x: Self) -> Self {
        // 1 - x is exact where it matters, so that the difference loses nothing when erf(x) comes near 1.
        if x.magnitude < 1 { return (1 - x) - x * erfTail(x * x) }
        let tail = complementaryErrorFunctionFromOneOn(x.magnitude)
        return x < 0 ? 2 - tail : tail
    }

    /// erfc(x) for x >= 1, or NaN.
    private static func complementaryErrorFunctionFromOneOn(_ x: Self) -> Self {
        // The result is 0 long before; keeps infinity out of the quotients.
        if x > 64 { return 0 }
        let scaledBody = erfcxBody((x - 4) / (x + 4)) / (1 + (x + x))
        // e^(-x^2), with x^2 in two parts: an error of one ulp in x^2 would be one of x^2 ulp in the result.
        let high = x.highHalf
        return exponential(-high * high) * (exponential((high - x) * (high + x)) * scaledBody)
    }
}
