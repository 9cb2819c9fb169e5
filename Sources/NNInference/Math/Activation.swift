/// An elementwise activation function with its parameters.
///
///     let activation = Activation.leakyRelu(0.3)
///     activation(-2 as Float)        // -0.6
///     activation.apply(&values)      // in place, values: MutableSpan<Float>
///
/// Parameters are `Float`, as the weights are, and mean the same number in a `Double` session. NaN, infinities and the
/// value at a threshold are those of Keras 3.15; so silu, hard_silu, gelu and mish are NaN at minus infinity (0 times
/// infinity), and softsign at both infinities.
public struct Activation: Hashable, Sendable {
    public var function: ActivationFunction
    /// The parameters, as described at each `ActivationFunction`; 0 if it has none.
    public var a: Float, b: Float, c: Float

    public init(_ function: ActivationFunction, _ a: Float = 0, _ b: Float = 0, _ c: Float = 0) {
        self.function = function
        self.a = a
        self.b = b
        self.c = c
    }

    /// The function's value at `x`. In a loop `apply` is faster: it chooses the formula once.
    public func callAsFunction<S: Scalar>(_ x: S) -> S {
        withFormula { formula in formula(x) }
    }

    /// Replaces every element by the function's value at it.
    public func apply<S: Scalar>(_ values: inout MutableSpan<S>) {
        if function == .linear { return }
        withFormula { formula in
            for index in values.indices { values[index] = formula(values[index]) }
        }
    }
}

extension Activation {
    public static var linear: Activation { Activation(.linear) }
    public static var relu: Activation { Activation(.relu) }
    /// The string "relu6" of Keras.
    public static var relu6: Activation { .relu(maxValue: 6) }
    public static var sigmoid: Activation { Activation(.sigmoid) }
    public static var tanh: Activation { Activation(.tanh) }
    public static var exponential: Activation { Activation(.exponential) }
    public static var selu: Activation { Activation(.selu) }
    public static var softplus: Activation { Activation(.softplus) }
    public static var softsign: Activation { Activation(.softsign) }
    public static var silu: Activation { Activation(.silu) }
    public static var geluExact: Activation { Activation(.geluExact) }
    public static var geluTanh: Activation { Activation(.geluTanh) }
    public static var mish: Activation { Activation(.mish) }
    /// The hard_sigmoid of Keras 3: x/6 + 0.5 limited to 0...1.
    public static var hardSigmoid: Activation { .hardSigmoid(slope: 1 / 6, offset: 0.5) }
    /// The hard_sigmoid of Keras 1, Keras 2 and tf.keras: 0.2 x + 0.5 limited to 0...1.
    public static var hardSigmoidKeras2: Activation { .hardSigmoid(slope: 0.2, offset: 0.5) }
    public static var hardSilu: Activation { Activation(.hardSilu) }
    public static var hardTanh: Activation { Activation(.hardTanh) }
    public static var tanhShrink: Activation { Activation(.tanhShrink) }
    public static var logSigmoid: Activation { Activation(.logSigmoid) }
    public static var sparsePlus: Activation { Activation(.sparsePlus) }
    public static var sparseSigmoid: Activation { Activation(.sparseSigmoid) }

    /// x > 0 ? x : slope x. Keras: the string "leaky_relu" means slope 0.2, the layer's default is 0.3.
    public static func leakyRelu(_ slope: Float) -> Activation { Activation(.leakyRelu, slope) }

    /// The ReLU layer of Keras 2 and 3 and, with a threshold alone, ThresholdedReLU. `maxValue` nil: no upper bound.
    ///
    /// Gives the simplest function that does it, so that equal functions are equal values.
    public static func relu(
        maxValue: Float? = nil, negativeSlope: Float = 0, threshold: Float = 0
    ) -> Activation {
        let bound = maxValue ?? .infinity
        if bound == .infinity && threshold == 0 { return negativeSlope == 0 ? .relu : .leakyRelu(negativeSlope) }
        return Activation(.reluGeneral, bound, negativeSlope, threshold)
    }

    public static func elu(alpha: Float = 1) -> Activation { Activation(.elu, alpha) }
    /// `alpha` must not be 0.
    public static func celu(alpha: Float = 1) -> Activation { Activation(.celu, alpha) }
    public static func hardSigmoid(slope: Float, offset: Float) -> Activation {
        Activation(.hardSigmoid, slope, offset)
    }
    public static func hardShrink(_ threshold: Float = 0.5) -> Activation { Activation(.hardShrink, threshold) }
    public static func softShrink(_ threshold: Float = 0.5) -> Activation { Activation(.softShrink, threshold) }
    /// `b` smooths: 4 in Keras, 0 is relu.
    public static func squareplus(b: Float = 4) -> Activation { Activation(.squareplus, b) }
    /// The square root of x, or of `floor` where x is less.
    public static func squareRoot(from floor: Float) -> Activation { Activation(.squareRoot, floor) }
    /// The natural logarithm of x, or of `floor` where x is less.
    public static func logarithm(from floor: Float) -> Activation { Activation(.logarithm, floor) }
    /// x > threshold ? x : value
    public static func threshold(_ threshold: Float, value: Float) -> Activation {
        Activation(.threshold, threshold, value)
    }
}
