extension Activation {
    /// Calls `body` with the formula of this activation and gives back its result.
    ///
    /// Inlined: the switch stands outside, and `body` is compiled once per function with the formula inside its loops.
    /// This is the only place that maps functions to formulas.
    @inline(__always)
    func withFormula<S: Scalar, Result>(_ body: ((S) -> S) -> Result) -> Result {
        let (a, b, c) = (S(self.a), S(self.b), S(self.c))
        switch function {
        case .linear: return body { $0 }
        case .relu: return body { $0 <= 0 ? 0 : $0 }
        case .leakyRelu: return body { $0 <= 0 ? a * $0 : $0 }
        case .reluGeneral: return body { ActivationFormulas.relu($0, maxValue: a, negativeSlope: b, threshold: c) }
        case .sigmoid: return body { S.sigmoid($0) }
        case .tanh: return body { S.tanh($0) }
        case .exponential: return body { S.exp($0) }
        case .elu: return body { $0 > 0 ? $0 : a * S.expm1($0) }
        case .selu: return body { ActivationFormulas.selu($0) }
        case .celu: return body { $0 > 0 ? $0 : a * S.expm1($0 / a) }
        case .softplus: return body { ActivationFormulas.softplus($0) }
        case .softsign: return body { $0 / (1 + $0.magnitude) }
        case .silu: return body { $0 * S.sigmoid($0) }
        case .geluExact: return body { ActivationFormulas.geluExact($0) }
        case .geluTanh: return body { ActivationFormulas.geluTanh($0) }
        case .mish: return body { ActivationFormulas.mish($0) }
        case .hardSigmoid: return body { ActivationFormulas.limited($0 * a + b, 0, 1) }
        case .hardSilu: return body { $0 * ActivationFormulas.limited($0 / 6 + 0.5, 0, 1) }
        case .hardTanh: return body { ActivationFormulas.limited($0, -1, 1) }
        case .hardShrink: return body { $0.magnitude > a ? $0 : 0 }
        case .softShrink: return body { $0 > a ? $0 - a : ($0 < -a ? $0 + a : 0) }
        case .tanhShrink: return body { $0 - S.tanh($0) }
        case .logSigmoid: return body { -ActivationFormulas.softplus(-$0) }
        case .sparsePlus: return body { ActivationFormulas.sparsePlus($0) }
        case .sparseSigmoid: return body { ActivationFormulas.limited(($0 + 1) * 0.5, 0, 1) }
        case .squareplus: return body { ActivationFormulas.squareplus($0, b: a) }
        case .threshold: return body { $0 > a ? $0 : b }
        case .squareRoot: return body { S.sqrt($0 < a ? a : $0) }
        case .logarithm: return body { S.log($0 < a ? a : $0) }
        }
    }
}

/// The formulas that need more than a line, in the forms that keep their precision in `Float`.
enum ActivationFormulas {
    /// x between two bounds; NaN stays NaN.
    @inline(__always)
    static func limited<S: Scalar>(_ x: S, _ low: S, _ high: S) -> S {
        x < low ? low : (x > high ? high : x)
    }

    /// Keras: where x > threshold, x clipped to 0...maxValue (not clipped at all without a maxValue), and where not,
    /// negativeSlope (x - threshold), which for slope 0 is 0 at minus infinity too, and NaN for NaN only when the
    /// threshold is 0 or there is a slope.
    @inline(__always)
    static func relu<S: Scalar>(_ x: S, maxValue: S, negativeSlope: S, threshold: S) -> S {
        if x > threshold { return maxValue == .infinity ? x : limited(x, 0, maxValue) }
        if negativeSlope != 0 { return negativeSlope * (x - threshold) }
        return threshold == 0 && x.isNaN ? x : 0
    }

    @inline(__always)
    static func selu<S: Scalar>(_ x: S) -> S {
        let scale: S = 1.0507009873554804934
        let alpha: S = 1.6732632423543772848
        return scale * (x > 0 ? x : alpha * S.expm1(x))
    }

    /// log(1 + e^x) = max(x, 0) + log(1 + e^-|x|): never overflows, exact in both tails.
    @inline(__always)
    static func softplus<S: Scalar>(_ x: S) -> S {
        (x < 0 ? 0 : x) + S.log1p(S.exp(-x.magnitude))
    }

    /// (1 + erf(u)) / 2 = erfc(-u) / 2 keeps its precision where erf(u) comes near -1.
    @inline(__always)
    static func geluExact<S: Scalar>(_ x: S) -> S {
        let rootOfHalf: S = 0.70710678118654752440
        return x * (S.erfc(-x * rootOfHalf) * 0.5)
    }

    /// (1 + tanh(u)) / 2 = sigmoid(2u), for the same reason.
    @inline(__always)
    static func geluTanh<S: Scalar>(_ x: S) -> S {
        let twiceRootOfTwoOverPi: S = 1.5957691216057307118
        return x * S.sigmoid(twiceRootOfTwoOverPi * (x + 0.044715 * (x * x * x)))
    }

    /// tanh(log(1 + t)) = t (t + 2) / (t (t + 2) + 2) with t = e^x. From 40 on the quotient is 1 in every format, and
    /// t^2 not far from overflow in the narrowest.
    @inline(__always)
    static func mish<S: Scalar>(_ x: S) -> S {
        if x > 40 { return x }
        let t = S.exp(x)
        let n = t * (t + 2)
        return x * (n / (n + 2))
    }

    @inline(__always)
    static func sparsePlus<S: Scalar>(_ x: S) -> S {
        if x <= -1 { return 0 }
        return x < 1 ? 0.25 * ((x + 1) * (x + 1)) : x
    }

    /// For negative x the sum cancels; (x + r) / 2 = b / (2 (r - x)) with r^2 = x^2 + b does not. At minus infinity
    /// the sum that Keras writes is NaN.
    @inline(__always)
    static func squareplus<S: Scalar>(_ x: S, b: S) -> S {
        if x == -.infinity { return .nan }
        let root = S.sqrt(x * x + b)
        return x < 0 ? b * 0.5 / (root - x) : (x + root) * 0.5
    }
}
