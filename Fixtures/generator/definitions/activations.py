"""Every activation string and every activation layer, over -6 ... 6 and exactly at the kinks."""

import numpy

from definition import Definitions, given

DEFINITIONS = Definitions()

WRITERS = ("keras-2.3.1", "tfkeras-2.15", "keras-3.15.1")


def written(k):
    return k.writer in WRITERS


# Multiples of 1/2 from -6 to 6 in the first column, which the first two units receive as they are and negated.
STEPS = numpy.arange(-12, 13) / 2.0


def grid(scale):
    random = numpy.random.RandomState(7)
    others = random.randint(-4, 5, (len(STEPS), 3)) / 2.0
    return given((numpy.concatenate([STEPS[:, None], others], axis=1) * scale).astype("float32"))


# Strings. Names of all releases; those that a release does not know are left out for it.

STRINGS = """
    celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear log_sigmoid
    log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid
    sparsemax squareplus swish tanh tanh_shrink
""".split()


def twice(activation):
    """The activation inside a Dense, then as a layer; `glu` halves the last axis each time."""
    units = 8 if activation == "glu" else 6
    return lambda k: k.Sequential([k.Dense(units, activation=activation), k.Activation(activation)], shape=(4,))


for name in STRINGS:
    DEFINITIONS.add(
        "activation_" + name, twice(name), grid(0.25 if name == "exponential" else 1), exact_kernels=True,
        writers=lambda k, name=name: written(k) and name in k.activation_names())


# Layers, directly on the input. Each has a name, the layer, and whether a release's constructor takes its options.

def volume(k, seed):
    """[3, 5, 4, 3] multiples of 1/2 from -6 to 6."""
    return (numpy.random.RandomState(seed).randint(-12, 13, (3, 5, 4, 3)) / 2.0).astype("float32")


LAYERS = [
    ("relu_layer", "ReLU", {}),
    ("relu_max_value", "ReLU", {"max_value": 4.5}),
    ("relu_negative_slope", "ReLU", {"negative_slope": 0.25}),
    ("relu_threshold", "ReLU", {"threshold": 1.5}),
    ("relu_all_options", "ReLU", {"max_value": 5.0, "negative_slope": 0.125, "threshold": 0.5}),
    ("leaky_relu_layer", "LeakyReLU", {}),
    ("leaky_relu_slope", "LeakyReLU", {"negative_slope": 0.07}),
    ("prelu", "PReLU", {}),
    ("prelu_shared_axes", "PReLU", {"shared_axes": [1, 2]}),
    ("prelu_shared_axis", "PReLU", {"shared_axes": [1]}),
    ("elu_layer", "ELU", {}),
    ("elu_alpha", "ELU", {"alpha": 0.3}),
    ("softmax_layer", "Softmax", {}),
    ("softmax_axis_1", "Softmax", {"axis": 1}),
    ("softmax_axes", "Softmax", {"axis": [1, 2]}),
    ("thresholded_relu", "ThresholdedReLU", {"theta": 1.5}),
]


def takes(k, kind, options):
    if not (written(k) and k.has(kind)):
        return False
    return not (isinstance(options.get("axis"), list) and k.is_standalone_2)


for name, kind, options in LAYERS:
    DEFINITIONS.add(
        name, lambda k, kind=kind, options=options: k.Sequential([getattr(k, kind)(**options)], shape=(5, 4, 3)),
        volume, writers=lambda k, kind=kind, options=options: takes(k, kind, options))
