"""Pooling over windows and over everything, 1D to 3D."""

from definition import Family
from definitions.convolution import FIRST, NEW, OLD, STANDALONE, is_valid, numbers, shape
from described import layers as k

FAMILY = Family("pooling", batches=(1, 3))
KINDS = ("Max", "Average")


def pooling(kind, size, pool, strides, padding, data_format="channels_last"):
    options = {"data_format": data_format} if data_format == "channels_first" else {}
    name = "%sPooling%dD" % (kind, len(numbers(size)))
    return shape(size, 3, data_format), [getattr(k, name)(pool, strides=strides, padding=padding, **options)]


def fits(size, pool, strides, padding, **_):
    return is_valid(size, pool, padding=padding)


ONE = {"kind": KINDS, "size": (7, 8, 5), "pool": (1, 2, 3, 4), "strides": (None, 1, 2, 3), "padding": ("valid", "same")}
TWO = {"kind": KINDS, "size": ((7, 6), (5, 8)), "pool": ((2, 3), (3, 1), (1, 4), (2, 2)), "strides": (None, (1, 1), (2, 3)),
       "padding": ("valid", "same")}
THREE = {"kind": KINDS, "size": ((4, 5, 3),), "pool": ((2, 2, 2), (1, 3, 2)), "strides": (None, (1, 2, 1)), "padding": ("valid", "same")}

FAMILY.grid("pooling1d", NEW, ONE, pooling, fits)
FAMILY.grid("pooling1d of keras 2", OLD + STANDALONE, dict(ONE, size=(7,), pool=(2, 3)), pooling, fits, keep=1)
FAMILY.grid("pooling2d", NEW, TWO, pooling, fits)
FAMILY.grid("pooling2d of keras 2", OLD + STANDALONE, dict(TWO, size=((7, 6),)), pooling, fits, keep=1)
FAMILY.grid("pooling3d", NEW + OLD, THREE, pooling, fits, keep=1)
FAMILY.grid("pooling1d channels_first", NEW, dict(ONE, size=(7,), pool=(2, 3), **FIRST), pooling, fits, backend="jax", keep=1)
FAMILY.grid("pooling2d channels_first", NEW, dict(TWO, size=((7, 6),), **FIRST), pooling, fits, backend="jax", keep=1)
FAMILY.grid("pooling3d channels_first", NEW, dict(THREE, **FIRST), pooling, fits, backend="jax", keep=1)


def everything(kind, size, data_format, keepdims):
    name = "Global%sPooling%dD" % (kind, len(size))
    options = {"keepdims": True} if keepdims else {}
    return shape(size, 3, data_format), [getattr(k, name)(data_format=data_format, **options)]


GLOBAL = {"kind": KINDS, "size": ((5,), (4, 3), (2, 4, 3)), "data_format": ("channels_last", "channels_first"), "keepdims": (False, True)}
FAMILY.grid("global_pooling", NEW + OLD, GLOBAL, everything)
FAMILY.grid("global_pooling", STANDALONE, dict(GLOBAL, keepdims=(False,)), everything, keep=1)
