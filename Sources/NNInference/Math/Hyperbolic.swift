extension ElementaryFormat {
    /// Both branches are computed and one is chosen, so that a loop over it can be vectorised.
    @inline(__always)
    static func hyperbolicTangent(_ x: Self) -> Self {
        let magnitude = x.magnitude
        let z = x * x
        // Alone where it is tanh(x) to the last bit, to keep the sign of zero.
        let small = magnitude < ulpOfOne ? x : x + x * (z * tanhTail(z))
        // tanh(x) = 1 - 2 / (e^2x + 1), which from 0.625 on is no less than 0.55 and loses nothing.
        let large = 1 - 2 / (exponential(magnitude + magnitude) + 1)
        return magnitude < 0.625 ? small : (x < 0 ? -large : large)
    }

    /// Never computes e to a positive power, so nothing overflows, and small results keep their precision.
    @inline(__always)
    static func logisticFunction(_ x: Self) -> Self {
        let t = exponential(-x.magnitude)
        return (x < 0 ? t : 1) / (1 + t)
    }
}
