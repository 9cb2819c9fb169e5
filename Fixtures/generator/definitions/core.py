"""Dense, EinsumDense, Embedding, Masking, and models within models."""

import numpy

from definition import Family, given
from definitions.convolution import NEW, OLD, STANDALONE
from described import layers as k

FAMILY = Family("core", batches=(1, 3))

FAMILY.grid("dense", NEW + OLD, {"rank": (1, 2, 3, 4), "units": (1, 7, 40), "use_bias": (True, False), "activation": (None, "relu", "softmax")},
            lambda rank, units, use_bias, activation: ((2, 3, 2, 5)[-rank:], [k.Dense(units, use_bias=use_bias, activation=activation)]),
            lambda units, activation, **_: units > 1 or activation != "softmax", keep=1)
FAMILY.grid("dense", STANDALONE, {"rank": (1, 2, 3), "use_bias": (True, False), "activation": ("relu", "softmax")},
            lambda rank, use_bias, activation: ((2, 3, 5)[-rank:], [k.Dense(6, use_bias=use_bias, activation=activation)]), keep=1)

# Equation, shape of one example, `output_shape`, the axes that a bias may have.
EQUATIONS = (
    ("ab,bc->ac", (4,), 6, ("c",)),
    ("abc,cd->abd", (3, 4), (None, 6), ("d",)),
    ("...x,xy->...y", (2, 3, 4), 5, ("y",)),
    ("...x,xy->...y", (4,), 5, ("y",)),
    ("abc,cde->abde", (3, 4), (None, 2, 5), ("de", "e", "d")),
    ("abcd,cde->abe", (3, 2, 4), (None, 5), ("e",)),
    ("abc,bcd->ad", (3, 4), 5, ("d",)),
    ("abc,bde->acde", (3, 4), (4, 2, 5), ("de", "cde")),
    ("abc,bcd->acd", (3, 4), (4, 5), ("d", "cd")),
    ("abc,dc->abd", (3, 4), (None, 5), ("d",)),
    ("ab,cb->ac", (4,), 5, ("c",)),
    ("abc,cd->adb", (3, 4), (5, 3), ("d", "db")),
    ("abc,bcd->abd", (3, 4), (3, 5), ("bd",)),
    ("abc,cb->abc", (3, 4), (3, 4), ("c", "bc")),
    ("abc,bc->abc", (3, 4), (3, 4), ("bc",)),
    ("abc,bc->ab", (3, 4), 3, ("b",)),
    ("ab,bc->ca", None, None, ()),
    ("abc,cde->aebd", (3, 4), (5, 3, 2), ("ed",)),
    ("abcd,bde->ace", (3, 2, 4), (2, 5), ("ce",)),
    ("ab,bcd->acd", (4,), (2, 3), ("cd",)),
    ("ab...,bc->ac...", (4, 3), (5, 3), ()),
    ("...ab,ac->...bc", (2, 4, 3), (3, 5), ("c",)),
)


def einsum(number, bias, activation):
    equation, shape, output, choices = EQUATIONS[number]
    return shape, [k.EinsumDense(equation, output, bias_axes=choices[bias - 1] if bias else None, activation=activation)]


FAMILY.grid("einsum_dense", NEW, {"number": tuple(range(len(EQUATIONS))), "bias": (0, 1, 2, 3), "activation": (None, "tanh")}, einsum,
            lambda number, bias, activation: EQUATIONS[number][1] is not None and bias <= len(EQUATIONS[number][3]), keep=1)
FAMILY.grid("einsum_dense of keras 2", OLD, {"number": (0, 1, 2, 4, 5, 9), "bias": (0, 1), "activation": (None,)}, einsum, keep=1)


def indices(*shape):
    return {"dtype": "int32", "inputs": lambda _, seed: numpy.random.RandomState(seed).randint(0, 7, (3,) + shape).astype("int32")}


FAMILY.grid("embedding", NEW + OLD + STANDALONE, {"steps": (1, 4), "masks": (False, True), "after": ("flatten", "lstm", "mean")},
            lambda steps, masks, after: ((steps,), [k.Embedding(7, 3, mask_zero=masks)] + {
                "flatten": [k.Dense(2)], "lstm": [k.LSTM(3, return_sequences=True)], "mean": [k.GlobalAveragePooling1D()]}[after], indices(steps)),
            # With every step masked there is no mean.
            lambda steps, masks, after: steps > 1 or not masks or after != "mean", keep=1)
FAMILY.rows(NEW + OLD, [("embedding of numbers", (4,), [k.Embedding(7, 3), k.Flatten()], {"inputs": given(numpy.array([[0.0, 1.9, 6.0, 3.2]], "float32"))})])
FAMILY.rows(NEW, [
    ("embedding of rank 3", (2, 3), [k.Embedding(7, 4)], indices(2, 3)),
    ("reversible embedding", (4,), [k.ReversibleEmbedding(7, 3)], indices(4)),
    ("reversible embedding with mask", (4,), [k.ReversibleEmbedding(7, 3, mask_zero=True), k.GRU(2)], indices(4)),
])


def with_gaps(value, steps=5, features=3):
    def make(_, seed):
        array = numpy.random.RandomState(seed).normal(0, 1, (4, steps, features)).astype("float32")
        array[0, 3:] = value
        array[1, 1:3] = value
        array[2, :2] = value
        array[3, 2, 0] = value
        return array
    return {"inputs": make}


FAMILY.grid("masking", NEW + OLD + STANDALONE, {"value": (0.0, -1.0, 0.5), "after": ("nothing", "gru", "dense", "mean")},
            lambda value, after: ((5, 3), [k.Masking(value)] + {
                "nothing": [], "gru": [k.GRU(2)], "dense": [k.Dense(2), k.SimpleRNN(2)], "mean": [k.GlobalAveragePooling1D()]}[after],
                with_gaps(value)), keep=1)

# Layers inside others.

INNER = {
    "Dense": ((3, 4), lambda: k.Dense(2, activation="relu")), "Conv1D": ((2, 5, 3), lambda: k.Conv1D(4, 2)), "Conv2D": ((2, 4, 5, 2), lambda: k.Conv2D(3, 2)),
    "MaxPooling1D": ((2, 6, 2), lambda: k.MaxPooling1D(2)), "GlobalAveragePooling2D": ((2, 3, 4, 2), lambda: k.GlobalAveragePooling2D()),
    "Flatten": ((2, 3, 4), lambda: k.Flatten()), "Reshape": ((2, 6), lambda: k.Reshape((3, 2))), "Dropout": ((2, 6), lambda: k.Dropout(0.5)),
    "BatchNormalization": ((2, 6), lambda: k.BatchNormalization()), "LSTM": ((2, 4, 3), lambda: k.LSTM(3)),
    "GRU": ((2, 4, 3), lambda: k.GRU(3, return_sequences=True)), "Activation": ((2, 4), lambda: k.Activation("softmax")),
    "Sequential": ((2, 4), lambda: k.Sequential([k.Dense(3, activation="tanh"), k.Dense(2)], shape=(4,))),
    "TimeDistributed": ((2, 3, 4), lambda: k.TimeDistributed(k.Dense(2))), "ZeroPadding2D": ((2, 2, 3, 2), lambda: k.ZeroPadding2D(1)),
    "Bidirectional": ((2, 4, 3), lambda: k.Bidirectional(k.LSTM(3))),
}
FAMILY.grid("time_distributed", NEW + OLD + STANDALONE, {"inner": tuple(INNER)}, lambda inner: (INNER[inner][0], [k.TimeDistributed(INNER[inner][1]())]), keep=1)
NEW_INNER = {
    "LayerNormalization": ((2, 6), lambda: k.LayerNormalization()), "EinsumDense": ((2, 3, 4), lambda: k.EinsumDense("abc,cd->abd", (None, 2))),
    "SpectralNormalization": ((2, 4), lambda: k.SpectralNormalization(k.Dense(3))), "Softmax": ((2, 3, 4), lambda: k.Softmax(axis=1)),
    "Resizing": ((2, 4, 5, 2), lambda: k.Resizing(3, 4)), "PReLU": ((2, 4), lambda: k.PReLU()), "GroupNormalization": ((2, 3, 4), lambda: k.GroupNormalization(2)),
    "Rescaling": ((2, 4), lambda: k.Rescaling(0.5)), "UnitNormalization": ((2, 4), lambda: k.UnitNormalization()), "DepthwiseConv1D": ((2, 5, 3), lambda: k.DepthwiseConv1D(2)),
    "RNN": ((2, 4, 3), lambda: k.RNN([k.GRUCell(2), k.LSTMCell(3)])), "ConvLSTM1D": ((2, 3, 4, 2), lambda: k.ConvLSTM1D(2, 2)),
    "Permute": ((2, 3, 4), lambda: k.Permute((2, 1))), "RepeatVector": ((2, 4), lambda: k.RepeatVector(3)),
}
FAMILY.grid("time_distributed more", NEW, {"inner": tuple(NEW_INNER)}, lambda inner: (NEW_INNER[inner][0], [k.TimeDistributed(NEW_INNER[inner][1]())]), keep=1)
FAMILY.rows(NEW + OLD, [
    ("model in a model", (4,), [k.Sequential([k.Dense(3), k.Sequential([k.Dense(2)], shape=(3,))], shape=(4,)), k.Dense(2)]),
    ("masked model in a model", (5, 3), [k.Masking(), k.Sequential([k.Dense(3), k.LSTM(2)], shape=(5, 3))], with_gaps(0)),
    ("masked spectral normalization", (5, 3), [k.Masking(), k.SpectralNormalization(k.Dense(2)), k.GRU(2)], with_gaps(0)),
    ("masked spectral convolution", (5, 3), [k.Masking(), k.SpectralNormalization(k.Conv1D(2, 1)), k.GRU(2)], with_gaps(0)),
    ("masked einsum_dense", (5, 3), [k.Masking(), k.EinsumDense("abc,cd->abd", (None, 2)), k.GRU(2)], with_gaps(0)),
    ("time_distributed of masked steps", (5, 3), [k.Masking(), k.TimeDistributed(k.Dense(2)), k.GRU(2)], with_gaps(0)),
])
FAMILY.rows(NEW, [
    ("masked pipeline", (5, 3), [k.Masking(), k.Pipeline([k.Dense(2)]), k.GRU(2)], with_gaps(0)),
    ("masked pipeline of steps", (5, 3), [k.Masking(), k.Pipeline([k.LSTM(2, return_sequences=True)]), k.GRU(2)], with_gaps(0)),
    ("masked pipeline that drops", (5, 3), [k.Masking(), k.Pipeline([k.Conv1D(2, 1)]), k.GRU(2)], with_gaps(0)),
])
