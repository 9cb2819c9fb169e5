"""Normalisation layers, over every axis."""

import numpy

from definition import Family, given
from definitions.convolution import NEW, OLD, STANDALONE
from described import layers as k

FAMILY = Family("normalization", batches=(1, 3))
SHAPE = (4, 3, 2, 5)
FLAGS = (True, False)


def batch(rank, axis, center, scale, epsilon):
    return SHAPE[:rank], [k.BatchNormalization(axis=axis, center=center, scale=scale, epsilon=epsilon)]


BATCH = {"rank": (1, 2, 3, 4), "axis": (-1, 1, 2, 3, 4, -2), "center": FLAGS, "scale": FLAGS, "epsilon": (0.001, 0.2)}


def has_axis(rank, axis, **_):
    return axis <= rank and -axis <= rank


FAMILY.grid("batch_normalization", NEW, BATCH, batch, has_axis)
FAMILY.grid("batch_normalization of keras 2", OLD + STANDALONE, dict(BATCH, epsilon=(1e-7, 0.01)), batch, has_axis, keep=1)

# What it keeps for training changes no prediction.
FAMILY.grid("batch_normalization renorm", OLD, dict(BATCH, rank=(2, 3), axis=(-1, 1), epsilon=(1e-7, 0.01), clipping=(None, {"rmax": 2.0, "dmax": 1.0})),
            lambda rank, axis, center, scale, epsilon, clipping: (SHAPE[:rank], [k.BatchNormalization(
                axis=axis, center=center, scale=scale, epsilon=epsilon, renorm=True, renorm_clipping=clipping)]), keep=1)


def layer(rank, axis, center, scale, epsilon, rms=False):
    options = {"rms_scaling": True} if rms else {}
    return SHAPE[:rank], [k.LayerNormalization(axis=axis, center=center, scale=scale, epsilon=epsilon, **options)]


def has_axes(rank, axis, **_):
    return all(has_axis(rank, each) for each in (axis if isinstance(axis, tuple) else (axis,)))


LAYER = {"rank": (1, 2, 3), "axis": (-1, 1, 2, 3, (1, 2), (2, 3), (1, 3), (1, 2, 3), (-2, -1)), "center": FLAGS, "scale": FLAGS, "epsilon": (0.001, 0.1)}
FAMILY.grid("layer_normalization", NEW, dict(LAYER, rms=(False, True)), layer, has_axes)
FAMILY.grid("layer_normalization of keras 2", OLD, LAYER, layer, has_axes, keep=1)


def group(rank, axis, groups, center, scale):
    return (4, 6, 8)[-rank:] if axis == -1 else (6, 4, 8)[:rank] if axis == 1 else (3, 6, 4)[:rank], [
        k.GroupNormalization(groups=groups, axis=axis, center=center, scale=scale, epsilon=0.01)]


FAMILY.grid("group_normalization", NEW, {"rank": (1, 2, 3), "axis": (-1, 1, 2), "groups": (1, 2, -1), "center": FLAGS, "scale": FLAGS}, group,
            lambda rank, axis, groups, **_: axis <= rank and (rank > 1 or groups > 0))
FAMILY.grid("group_normalization of keras 2", OLD, {"rank": (2, 3), "axis": (-1, 1), "groups": (1, 2, -1), "center": FLAGS, "scale": FLAGS},
            group, keep=1)
FAMILY.grid("unit_normalization", NEW + OLD, {"rank": (1, 2, 3), "axis": (-1, 1, 2, (1, 2), (1, 3), (-1, -2))},
            lambda rank, axis: (SHAPE[:rank], [k.UnitNormalization(axis=axis)]), has_axes)
def is_last(rank, axis):
    axes = sorted(each % (rank + 1) for each in (axis if isinstance(axis, tuple) else (axis,)))
    return axes == list(range(rank + 1 - len(axes), rank + 1))


FAMILY.grid("rms_normalization", NEW, {"rank": (1, 2, 3), "axis": (-1, 1, 2, 3, (2, 3), (1, 2)), "epsilon": (1e-6, 0.1)},
            lambda rank, axis, epsilon: (SHAPE[:rank], [k.RMSNormalization(axis=axis, epsilon=epsilon)]),
            lambda rank, axis, epsilon: has_axes(rank, axis) and is_last(rank, axis))


# Statistics of data.

SAMPLES = numpy.random.RandomState(21).normal(2, 3, (30, 4, 3, 2)).astype("float32")


def adapted(rank, axis, invert):
    shape = (4, 3, 2)[:rank]
    return shape, [k.Normalization(axis=axis, invert=invert, adapt_to=SAMPLES[(slice(None),) * (rank + 1) + (0,) * (3 - rank)])]


FAMILY.grid("normalization", NEW + OLD, {"rank": (1, 2, 3), "axis": (-1, None, 1, 2, (1, 2), (-1, -2)), "invert": (False, True)}, adapted,
            lambda rank, axis, invert: axis is None or has_axes(rank, axis), keep=1)


def stated(mean, variance, axis, invert):
    return (4, 3), [k.Normalization(axis=axis, mean=mean, variance=variance, invert=invert)]


FAMILY.grid("normalization given", NEW + OLD, {
    "mean": (1.5, [1.0, -2.0, 0.5]), "variance": (4.0, [0.25, 0.0, 9.0]), "axis": (None, -1), "invert": (False, True)}, stated,
    lambda mean, variance, axis, invert: isinstance(mean, float) == isinstance(variance, float) and (axis is None) == isinstance(mean, float))
FAMILY.grid("rescaling", NEW + OLD, {"scale": (0.5, -2, [1.0, 2.0, -0.5]), "offset": (0, 1.5, [0.1, 0.2, 0.3])},
            lambda scale, offset: ((4, 3), [k.Rescaling(scale, offset=offset)]), keep=1)


def spectral(layer, shape):
    return shape, [k.SpectralNormalization(layer, power_iterations=2)]


FAMILY.rows(NEW + OLD, [
    ("spectral dense",) + spectral(k.Dense(4, activation="relu"), (3,)),
    ("spectral conv2d",) + spectral(k.Conv2D(4, 3, padding="same"), (5, 4, 2)),
    ("spectral conv1d",) + spectral(k.Conv1D(4, 2, strides=2), (6, 2)),
    ("spectral embedding", (4,), [k.SpectralNormalization(k.Embedding(7, 3)), k.Flatten()],
     {"inputs": given(numpy.array([[1, 2, 6, 0], [3, 3, 4, 5]], "float32"))}),
])
