"""Layers that compute, or keep their weights, in another type than float32."""

import numpy

from definition import Family, given, normal
from described import layers as k

FAMILY = Family("policies")

NEW = ("keras-3.15.1",)
POLICIES = ("float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16")

# An orthogonal matrix cannot be made in bfloat16.
START = {"recurrent_initializer": "glorot_uniform"}
# One of each way in which weights are read.
LAYERS = {
    "dense": ((5,), lambda o: [k.Dense(40, activation="relu", **o), k.Dense(3, **o)]),
    "convolution": ((7, 6, 3), lambda o: [k.Conv2D(5, 3, padding="same", activation="relu", **o), k.MaxPooling2D(2, **o)]),
    "grouped convolution": ((9, 4), lambda o: [k.Conv1D(6, 3, groups=2, **o)]),
    "depthwise convolution": ((7, 6, 3), lambda o: [k.DepthwiseConv2D(3, depth_multiplier=2, **o)]),
    "separable convolution": ((9, 4), lambda o: [k.SeparableConv1D(5, 3, **o)]),
    "transposed convolution": ((5, 4, 3), lambda o: [k.Conv2DTranspose(4, 3, strides=2, **o)]),
    "batch normalization": ((6, 5), lambda o: [k.Dense(4, **o), k.BatchNormalization(**o), k.GlobalAveragePooling1D(**o)]),
    "layer normalization": ((6, 5), lambda o: [k.LayerNormalization(**o), k.PReLU(**o)]),
    "lstm": ((5, 3), lambda o: [k.LSTM(4, return_sequences=True, **o, **START), k.LSTM(3, **o, **START)]),
    "gru": ((5, 3), lambda o: [k.Bidirectional(k.GRU(4, **o, **START), **o)]),
    "simple rnn": ((5, 3), lambda o: [k.SimpleRNN(4, **o, **START)]),
    "softmax": ((5,), lambda o: [k.Dense(4, activation="softmax", **o)]),
}


def row(policy, layers):
    shape, describe = LAYERS[layers]
    return shape, describe({"dtype": policy}), {"inputs": normal(2, *shape)}


FAMILY.grid("policy", NEW, {"policy": POLICIES, "layers": tuple(LAYERS)}, row)
FAMILY.rows(NEW, [
    ("policy=%s embedding" % policy, (4,), [k.Embedding(9, 3, dtype=policy), k.Flatten(dtype=policy)],
     {"dtype": "int32", "inputs": given(numpy.array([[0, 8, 3, 1], [2, 2, 7, 5]], "int32"))})
    for policy in POLICIES
])
