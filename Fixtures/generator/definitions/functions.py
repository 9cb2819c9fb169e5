"""Every activation function in every layer that takes one, and every activation layer."""

import numpy

from definition import Family
from definitions.activations import STRINGS
from definitions.convolution import NEW, OLD, STANDALONE
from described import layers as k

FAMILY = Family("functions", batches=(1, 3))

# Of rows: they are no functions of single elements.
OF_ROWS = ("softmax", "log_softmax", "glu")
# Keras 3.15's own numbers are not those of the function.
DEFECTIVE = ("sparsemax",)

HOSTS = {
    "Dense": ((5,), lambda name: k.Dense(6, activation=name)),
    "Dense of rows": ((2, 3), lambda name: k.Dense(4, activation=name)),
    "Activation": ((3, 4), lambda name: k.Activation(name)),
    "EinsumDense": ((3, 2), lambda name: k.EinsumDense("abc,cd->abd", (None, 4), activation=name, bias_axes="d")),
    "Conv1D": ((5, 2), lambda name: k.Conv1D(4, 2, activation=name)),
    "Conv2D": ((4, 3, 2), lambda name: k.Conv2D(4, 2, activation=name)),
    "Conv2DTranspose": ((3, 2, 2), lambda name: k.Conv2DTranspose(4, 2, activation=name)),
    "DepthwiseConv2D": ((4, 3, 2), lambda name: k.DepthwiseConv2D(2, depth_multiplier=2, activation=name)),
    "SeparableConv1D": ((5, 2), lambda name: k.SeparableConv1D(4, 2, activation=name)),
    "SimpleRNN": ((4, 2), lambda name: k.SimpleRNN(4, activation=name)),
    "LSTM": ((4, 2), lambda name: k.LSTM(4, activation=name)),
    "LSTM gates": ((4, 2), lambda name: k.LSTM(4, recurrent_activation=name)),
    "GRU": ((4, 2), lambda name: k.GRU(4, activation=name)),
    "GRU gates": ((4, 2), lambda name: k.GRU(4, recurrent_activation=name, reset_after=False)),
    "ConvLSTM1D": ((3, 4, 2), lambda name: k.ConvLSTM1D(2, 2, activation=name)),
    "ConvLSTM1D gates": ((3, 4, 2), lambda name: k.ConvLSTM1D(2, 2, recurrent_activation=name)),
}
# How large inputs must be for an answer that is finite, and is not all zeros.
SCALES = {"exponential": 0.2, "soft_shrink": 4, "hard_shrink": 4}
RECURRENT = ("SimpleRNN", "LSTM", "LSTM gates", "GRU", "GRU gates", "ConvLSTM1D", "ConvLSTM1D gates")


def refused(host, name):
    if name in DEFECTIVE or host in RECURRENT and name in OF_ROWS:
        return "recurrent_activation" if host.endswith("gates") else "activation"
    return None


def hosted(host, name):
    shape, layer = HOSTS[host]
    factor = SCALES.get(name) if host in RECURRENT else None
    if factor is None:
        return shape, [layer(name)]
    # Two steps: what grows does not grow beyond all bounds.
    shape = (2,) + shape[1:]
    return shape, [layer(name)], {"inputs": lambda _, seed: (numpy.random.RandomState(seed).normal(0, factor, (3,) + shape)).astype("float32")}


def is_possible(host, name):
    # What a cell gives out has to be as wide as what it keeps.
    return not (host in RECURRENT and name == "glu")


FAMILY.grid("function", NEW, {"host": tuple(HOSTS), "name": tuple(STRINGS)}, hosted, is_possible, refused=refused, keep=1)
OLD_STRINGS = tuple("elu exponential gelu hard_sigmoid leaky_relu linear log_softmax mish relu relu6 selu sigmoid silu softmax softplus softsign swish tanh".split())
FAMILY.grid("function of keras 2", OLD, {"host": ("Dense", "Activation", "Conv1D", "LSTM", "LSTM gates", "GRU gates", "ConvLSTM1D gates"), "name": OLD_STRINGS},
            hosted, refused=refused, keep=1)
FAMILY.grid("function of keras 2", STANDALONE, {"host": ("Dense", "Activation", "LSTM", "LSTM gates", "GRU gates"), "name": tuple(
    "elu exponential hard_sigmoid linear relu selu sigmoid softmax softplus softsign tanh".split())}, hosted, refused=refused, keep=1)

# Layers as functions, alone and inside another.

VOLUME = (5, 4, 3)
LAYERS = {
    "ReLU": [k.ReLU(max_value=top, negative_slope=slope, threshold=start)
             for top in (None, 1.0, 2.5) for slope in (0.0, 0.25) for start in (0.0, 0.5, 1.25)],
    "LeakyReLU": [k.LeakyReLU(), k.LeakyReLU(negative_slope=0.07), k.LeakyReLU(negative_slope=0.0)],
    "ELU": [k.ELU(), k.ELU(alpha=0.3), k.ELU(alpha=2.0)],
    "Softmax": [k.Softmax(axis=axis) for axis in (-1, 1, 2, 3, -2, [1, 2], [2, 3], [1, 2, 3], [-1, -3])],
    "PReLU": [k.PReLU(shared_axes=axes) for axes in (None, [1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3], [-1], [-2], [0])],
}
for kind, choices in LAYERS.items():
    FAMILY.grid(kind, NEW, {"number": tuple(range(len(choices)))}, lambda number, choices=choices: (VOLUME, [choices[number]]), keep=1)
for kind in ("ReLU", "LeakyReLU", "ELU", "PReLU"):
    FAMILY.grid(kind + " of keras 2", OLD + STANDALONE, {"number": tuple(range(min(len(LAYERS[kind]), 8)))},
                lambda number, choices=LAYERS[kind]: (VOLUME, [choices[number]]), keep=0)
FAMILY.grid("Softmax of keras 2", OLD, {"number": (0, 1, 5)}, lambda number: (VOLUME, [LAYERS["Softmax"][number]]))
FAMILY.grid("ThresholdedReLU", OLD + STANDALONE, {"theta": (0.0, 0.5, 1.0)}, lambda theta: (VOLUME, [k.ThresholdedReLU(theta=theta)]))


def inside(host, layer, number):
    options = {"activation": LAYERS[layer][number]}
    shape, described = {
        "Dense": ((4,), k.Dense(5, **options)), "Conv2D": ((4, 5, 2), k.Conv2D(3, 2, **options)), "Activation": ((4, 3), k.Activation(LAYERS[layer][number])),
    }[host]
    return shape, [described]


FAMILY.grid("inside", NEW, {"host": ("Dense", "Conv2D", "Activation"), "layer": ("ReLU", "LeakyReLU", "ELU", "Softmax", "PReLU"), "number": (0, 1)}, inside)
