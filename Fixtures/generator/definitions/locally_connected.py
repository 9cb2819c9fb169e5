"""LocallyConnected1D and 2D of Keras 2."""

from definition import Family
from definitions.convolution import FIRST, OLD, STANDALONE, end, numbers, shape
from described import layers as k

FAMILY = Family("locally_connected", batches=(1, 3))


def local(size, kernel, strides, padding, implementation, data_format="channels_last"):
    kind = "LocallyConnected%dD" % len(numbers(size))
    options = dict(end(*(numbers(kernel) + numbers(strides) + (implementation,))))
    if padding != "valid":
        options["padding"] = padding
    if implementation > 1:
        options["implementation"] = implementation
    if data_format == "channels_first":
        options["data_format"] = data_format
    return shape(size, 3, data_format), [getattr(k, kind)(4, kernel, strides=strides, **options)]


def is_possible(padding, implementation, **_):
    # The first way knows no padding.
    return padding == "valid" or implementation > 1


ONE = {"size": (6, 7), "kernel": (1, 2, 3), "strides": (1, 2), "padding": ("valid", "same"), "implementation": (1, 2, 3)}
TWO = {"size": ((4, 5),), "kernel": ((2, 3), (3, 1)), "strides": ((1, 1), (2, 1)), "padding": ("valid", "same"), "implementation": (1, 2, 3)}
FAMILY.grid("locally_connected1d", OLD, ONE, local, is_possible, keep=1)
FAMILY.grid("locally_connected2d", OLD, TWO, local, is_possible, keep=1)
FAMILY.grid("locally_connected channels_first", OLD, dict(ONE, size=(6,), **FIRST), local, is_possible, keep=1)
FAMILY.grid("locally_connected channels_first", OLD, dict(TWO, **FIRST), local, is_possible, keep=1)
FAMILY.grid("locally_connected1d alone", STANDALONE, dict(ONE, padding=("valid",), implementation=(1,)), local, keep=1)
FAMILY.grid("locally_connected2d alone", STANDALONE, dict(TWO, padding=("valid",), implementation=(1,)), local, keep=1)
