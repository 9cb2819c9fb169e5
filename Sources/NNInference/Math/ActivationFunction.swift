/// The elementwise activation functions of Keras 1, 2 and 3.
///
/// The raw values are stored in `.nnc` files: they never change, and new functions take new numbers. `a`, `b` and `c` are the
/// parameters of an `Activation`. Not here, because they look at more than one element: softmax, log_softmax, sparsemax
/// and glu; and PReLU, whose slope is a tensor.
public enum ActivationFunction: UInt8, CaseIterable, Sendable {
    /// x
    case linear = 0
    /// max(x, 0)
    case relu = 1
    /// x > 0 ? x : a x
    case leakyRelu = 2
    /// x > c ? min(x, a) : b (x - c); with a = infinity there is no upper bound. Where a is finite, 0 is a lower bound of
    /// the first branch. At x = c the second branch holds.
    case reluGeneral = 3
    /// 1 / (1 + e^-x)
    case sigmoid = 4
    case tanh = 5
    /// e^x
    case exponential = 6
    /// x > 0 ? x : a (e^x - 1)
    case elu = 7
    /// 1.0507009873554805 (x > 0 ? x : 1.6732632423543772 (e^x - 1))
    case selu = 8
    /// x > 0 ? x : a (e^(x/a) - 1)
    case celu = 9
    /// log(1 + e^x)
    case softplus = 10
    /// x / (1 + |x|)
    case softsign = 11
    /// x sigmoid(x); also called swish
    case silu = 12
    /// x (1 + erf(x / sqrt(2))) / 2
    case geluExact = 13
    /// x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2
    case geluTanh = 14
    /// x tanh(softplus(x))
    case mish = 15
    /// a x + b, limited to 0...1. Keras 3: a = 1/6; Keras 1, 2 and tf.keras: a = 0.2; b = 0.5.
    case hardSigmoid = 16
    /// x times (x/6 + 0.5 limited to 0...1); also called hard_swish
    case hardSilu = 17
    /// x limited to -1...1
    case hardTanh = 18
    /// |x| > a ? x : 0
    case hardShrink = 19
    /// x > a ? x - a : x < -a ? x + a : 0
    case softShrink = 20
    /// x - tanh(x)
    case tanhShrink = 21
    /// log(sigmoid(x))
    case logSigmoid = 22
    /// 0 up to x = -1, x from 1 on, (x + 1)^2 / 4 between
    case sparsePlus = 23
    /// (x + 1) / 2, limited to 0...1
    case sparseSigmoid = 24
    /// (x + sqrt(x^2 + a)) / 2
    case squareplus = 25
    /// x > a ? x : b
    case threshold = 26
    /// sqrt(max(x, a))
    case squareRoot = 27
    /// log(max(x, a))
    case logarithm = 28

    /// How many of `a`, `b`, `c` the function reads, in this order; the others are 0 in a file.
    public var parameterCount: Int {
        switch self {
        case .linear, .relu, .sigmoid, .tanh, .exponential, .selu, .softplus, .softsign, .silu, .geluExact, .geluTanh,
            .mish, .hardSilu, .hardTanh, .tanhShrink, .logSigmoid, .sparsePlus, .sparseSigmoid:
            0
        case .leakyRelu, .elu, .celu, .hardShrink, .softShrink, .squareplus, .squareRoot, .logarithm: 1
        case .hardSigmoid, .threshold: 2
        case .reluGeneral: 3
        }
    }
}
