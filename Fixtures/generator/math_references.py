"""Writes Tests/NNInferenceTests/Math/ElementaryReferences.swift and ActivationReferences.swift.

    pip install keras==3.15.1 numpy scipy 'jax[cpu]' mpmath
    KERAS_BACKEND=numpy python math_references.py ../../Tests/NNInferenceTests/Math

Values come from mpmath with 60 digits, from the formulas as Keras documents them and not as we evaluate them; what the
activations do at infinities and NaN is recorded from Keras. The script stops if mpmath and Keras disagree.
"""
import os
import random
import sys

os.environ.setdefault("KERAS_BACKEND", "numpy")
import keras
import numpy as np
from mpmath import mp, mpf
import mpmath as m

mp.dps = 60
folder = sys.argv[1]
rng = random.Random(20)
f32 = lambda v: float(np.float32(v))


def literal(v):
    v = float(v)
    if v != v:
        return ".nan"
    if v in (float("inf"), float("-inf")):
        return "-.infinity" if v < 0 else ".infinity"
    text = v.hex().replace("p+", "p")
    mantissa, exponent = text.split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    if mantissa in ("0x0", "-0x0"):
        return mantissa.replace("0x0", "0.0")
    return mantissa + "p" + exponent


def rows(items, indent, per_row):
    return "".join(
        " " * indent + " ".join(i + "," for i in items[k : k + per_row]) + "\n" for k in range(0, len(items), per_row)
    )


# --- Elementary functions: (name, function, ranges to draw from, further points)
small = [2.0**-40, -(2.0**-40), 2.0**-13, -(2.0**-13)]
elementary = [
    ("exp", m.exp, [(-1, 1), (-20, 20), (-103, 88)], small + [0.0, 1.0, 88.5, -87.5, -100.0]),
    ("expm1", m.expm1, [(-0.5, 0.5), (-3, 3), (-40, 88)], small + [1e-30, 0.34657, -0.34657, 1.0, 37.1]),
    ("log", m.log, [(0.7, 1.42), (0, 10), (0.999, 1.001)], [1.0, 2.0, 0.5, 1e30, 1e-30, 1e-40, 3e38]),
    ("log1p", m.log1p, [(-0.3, 0.42), (-0.999, 2), (0, 1000)], small + [1e-30, -0.999999, 1e30, 1.0]),
    ("tanh", m.tanh, [(-0.63, 0.63), (0.6, 0.7), (-3, 3), (-25, 25)], small + [0.625, -0.625, 1e-30, 9.0, 19.0]),
    ("sigmoid", lambda x: 1 / (1 + m.exp(-x)), [(-1, 1), (-20, 20), (-100, 0)], small + [0.0, 17.0, -87.0, -100.0]),
    ("erf", m.erf, [(-1, 1), (0.9, 1.2), (-6, 6)], small + [1.0, -1.0, 1e-30, 3.9]),
    ("erfc", m.erfc, [(-1, 1), (0.9, 1.2), (-4, 9)], small + [1.0, -1.0, 0.5, 9.5]),
    ("sin", m.sin, [(-0.79, 0.79), (-7, 7), (-1e5, 1e5)], small + [1e-30, 1e22, 3e38, 16367173.0 * 2.0**72]),
    ("cos", m.cos, [(-0.79, 0.79), (-7, 7), (-1e5, 1e5)], small + [0.0, 1e22, 3e38, 16367173.0 * 2.0**72]),
]
out = open(os.path.join(folder, "ElementaryReferences.swift"), "w")
out.write("// Written by Fixtures/generator/math_references.py.\n\n")
out.write("/// Arguments, all of them exact in `Float`, and the functions' values rounded to `Double`.\n")
out.write("enum ElementaryReferences {\n")
for name, function, ranges, points in elementary:
    xs = [f32(p) for p in points]
    for low, high in ranges:
        xs += [f32(rng.uniform(low, high)) for _ in range(8)]
    pairs = ["(%s, %s)" % (literal(x), literal(function(mpf(x)))) for x in xs]
    out.write("    static let %s: [(x: Double, y: Double)] = [\n%s    ]\n" % (name, rows(pairs, 8, 2)))
pairs = []
for _ in range(30):
    x, y = f32(rng.uniform(0, 6)), f32(rng.uniform(-9, 9))
    pairs.append("(%s, %s, %s)" % (literal(x), literal(y), literal(m.power(mpf(x), mpf(y)))))
out.write("    static let pow: [(x: Double, y: Double, z: Double)] = [\n%s    ]\n}\n" % rows(pairs, 8, 1))
out.close()

# --- Activations: (Swift, the formula, Keras)
A = keras.activations
p = lambda v: mpf(f32(v))
sigmoid = lambda x: 1 / (1 + m.exp(-x))
softplus = lambda x: m.log1p(m.exp(x))
clip = lambda x, low, high: min(max(x, mpf(low)), mpf(high))


def relu(x, top=None, slope=0.0, threshold=0.0):
    if x > threshold:
        return x if top is None else clip(x, 0, top)
    return p(slope) * (x - p(threshold))


def elu(x, alpha=1.0):
    return x if x > 0 else p(alpha) * m.expm1(x)


def selu(x):
    alpha, scale = mpf("1.6732632423543772848170429916717"), mpf("1.0507009873554804934193349852946")
    return scale * (x if x > 0 else alpha * m.expm1(x))


def keras_relu(**options):
    return lambda x: A.relu(x, **options)


activations = [
    (".linear", lambda x: x, A.linear),
    (".relu", lambda x: max(x, mpf(0)), A.relu),
    (".relu6", lambda x: clip(x, 0, 6), A.relu6),
    (".leakyRelu(0.3)", lambda x: relu(x, slope=0.3), lambda x: A.leaky_relu(x, negative_slope=0.3)),
    (".relu(maxValue: 5)", lambda x: relu(x, top=5), keras_relu(max_value=5.0)),
    (".relu(maxValue: 6, negativeSlope: 0.1)", lambda x: relu(x, 6, 0.1), keras_relu(max_value=6.0, negative_slope=0.1)),
    (".relu(threshold: 1.5)", lambda x: relu(x, threshold=1.5), keras_relu(threshold=1.5)),
    (
        ".relu(maxValue: 4, negativeSlope: 0.25, threshold: 1.5)",
        lambda x: relu(x, 4, 0.25, 1.5),
        keras_relu(max_value=4.0, negative_slope=0.25, threshold=1.5),
    ),
    (".sigmoid", sigmoid, A.sigmoid),
    (".tanh", m.tanh, A.tanh),
    (".exponential", m.exp, A.exponential),
    (".elu()", elu, A.elu),
    (".elu(alpha: 0.7)", lambda x: elu(x, 0.7), lambda x: A.elu(x, alpha=0.7)),
    (".selu", selu, A.selu),
    (".celu(alpha: 1.8)", lambda x: x if x > 0 else p(1.8) * m.expm1(x / p(1.8)), lambda x: A.celu(x, alpha=1.8)),
    (".softplus", softplus, A.softplus),
    (".softsign", lambda x: x / (1 + abs(x)), A.softsign),
    (".silu", lambda x: x * sigmoid(x), A.silu),
    (".geluExact", lambda x: x * m.erfc(-x / m.sqrt(2)) / 2, A.gelu),
    (
        ".geluTanh",
        lambda x: x * (1 + m.tanh(m.sqrt(2 / m.pi) * (x + mpf("0.044715") * x**3))) / 2,
        lambda x: A.gelu(x, approximate=True),
    ),
    (".mish", lambda x: x * m.tanh(softplus(x)), A.mish),
    (".hardSigmoid", lambda x: clip(x * p(1 / 6) + 0.5, 0, 1), A.hard_sigmoid),
    (".hardSigmoidKeras2", lambda x: clip(x * p(0.2) + 0.5, 0, 1), None),
    (".hardSilu", lambda x: x * clip(x / 6 + 0.5, 0, 1), A.hard_silu),
    (".hardTanh", lambda x: clip(x, -1, 1), A.hard_tanh),
    (".hardShrink()", lambda x: x if abs(x) > 0.5 else mpf(0), A.hard_shrink),
    (".softShrink(0.75)", lambda x: m.sign(x) * max(abs(x) - 0.75, mpf(0)), lambda x: A.soft_shrink(x, threshold=0.75)),
    (".tanhShrink", lambda x: x - m.tanh(x), A.tanh_shrink),
    (".logSigmoid", lambda x: -softplus(-x), A.log_sigmoid),
    (".sparsePlus", lambda x: mpf(0) if x <= -1 else x if x >= 1 else (x + 1) ** 2 / 4, A.sparse_plus),
    (".sparseSigmoid", lambda x: clip((x + 1) / 2, 0, 1), A.sparse_sigmoid),
    (".squareplus()", lambda x: (x + m.sqrt(x * x + 4)) / 2, A.squareplus),
    (".threshold(0.5, value: -2)", lambda x: x if x > 0.5 else mpf(-2), lambda x: A.threshold(x, 0.5, -2.0)),
    (".squareRoot(from: 0.25)", lambda x: m.sqrt(max(x, mpf(0.25))), lambda x: keras.ops.sqrt(keras.ops.maximum(x, 0.25))),
    (".logarithm(from: 0.25)", lambda x: m.log(max(x, mpf(0.25))), lambda x: keras.ops.log(keras.ops.maximum(x, 0.25))),
]
xs = [0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 2.5, -2.5, 3.0, -3.0, 6.0, -6.0, 1e-6, -1e-6, 1e-3, -1e-3, 0.75, -0.75]
xs += [13.0, -13.0, 30.0, -30.0, 75.0, -75.0, 100.0, -100.0]
xs = [f32(x) for x in xs + [rng.gauss(0, 2.5) for _ in range(14)]]
specials = np.array([-np.inf, np.inf, np.nan], np.float32)
out = open(os.path.join(folder, "ActivationReferences.swift"), "w")
out.write("@testable import NNInference\n\n// Written by Fixtures/generator/math_references.py with Keras %s.\n\n" % keras.__version__)
out.write("""struct ActivationReference {
    var activation: Activation
    /// At minus infinity, infinity and NaN, as Keras computes it.
    var specials: [Float]
    /// At each of `ActivationReferences.arguments`.
    var values: [Double]
}

""")
out.write("enum ActivationReferences {\n    static let arguments: [Double] = [\n%s    ]\n\n" % rows([literal(x) for x in xs], 8, 6))
out.write("    static let all: [ActivationReference] = [\n")
for swift, formula, keras_function in activations:
    values = [formula(mpf(x)) for x in xs]
    if keras_function is None:  # Keras 1 and 2 only
        keras_function = lambda x: np.clip(np.float32(0.2) * x + np.float32(0.5), 0, 1)
    with np.errstate(all="ignore"):
        theirs = np.asarray(keras_function(np.array(xs, np.float32)))
        at_specials = np.asarray(keras_function(specials))
    for x, ours, other in zip(xs, values, theirs):
        if not np.isinf(other):
            error = abs(ours - mpf(float(other)))
            assert error <= 1e-5 or error <= 1e-4 * abs(ours), (swift, x, ours, other)
    out.write("        ActivationReference(\n            activation: %s,\n" % swift)
    out.write("            specials: [%s],\n" % ", ".join(literal(v) for v in at_specials))
    out.write("            values: [\n%s            ]),\n" % rows([literal(v) for v in values], 16, 4))
out.write("    ]\n}\n")
out.close()
