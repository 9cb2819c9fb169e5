"""Conv1D to Conv3D, DepthwiseConv and SeparableConv."""

from definition import Family
from described import layers as k

FAMILY = Family("convolution", batches=(1, 3))

NEW = ("keras-3.15.1",)
OLD = ("tfkeras-2.15",)
STANDALONE = ("keras-2.3.1",)

# How a layer ends, in turn.
ENDS = ({}, {"activation": "tanh"}, {"use_bias": False}, {"activation": "softmax"})


def end(*numbers):
    return ENDS[sum(numbers) % len(ENDS)]


def numbers(value):
    return value if isinstance(value, tuple) else (value,)


def is_valid(size, kernel, strides=1, padding="valid", dilation=1, **_):
    """What Keras accepts: no steps together with gaps, and a window that fits."""
    if max(numbers(strides)) > 1 and max(numbers(dilation)) > 1:
        return False
    return padding != "valid" or all((b - 1) * d + 1 <= a for a, b, d in zip(
        numbers(size), numbers(kernel), numbers(dilation) * (3 if isinstance(dilation, int) else 1)))


def shape(size, channels, data_format):
    return (channels,) + numbers(size) if data_format == "channels_first" else numbers(size) + (channels,)


def convolution(size, kernel, strides, padding, dilation, groups=1, data_format="channels_last"):
    kind = "Conv%dD" % len(numbers(size))
    options = dict(end(*(numbers(kernel) + numbers(strides) + numbers(dilation) + (groups,))))
    if groups > 1:
        options["groups"] = groups
    if data_format == "channels_first":
        options["data_format"] = data_format
    return shape(size, 4, data_format), [
        getattr(k, kind)(6, kernel, strides=strides, padding=padding, dilation_rate=dilation, **options)]


ONE = {"size": (8, 7), "kernel": (1, 2, 3, 4), "strides": (1, 2, 3), "padding": ("valid", "same", "causal"), "dilation": (1, 2, 3)}
TWO = {"size": ((6, 7), (5, 4)), "kernel": ((1, 1), (2, 3), (3, 2), (4, 1)), "strides": ((1, 1), (2, 2), (2, 3)),
       "padding": ("valid", "same"), "dilation": ((1, 1), (2, 1), (2, 3))}
THREE = {"size": ((4, 3, 5),), "kernel": ((1, 1, 1), (2, 1, 3), (3, 2, 2)), "strides": ((1, 1, 1), (2, 1, 3)),
         "padding": ("valid", "same"), "dilation": ((1, 1, 1),)}
GROUPS = {"groups": (1, 2)}
FIRST = {"data_format": ("channels_first",)}

FAMILY.grid("conv1d", NEW, dict(ONE, **GROUPS), convolution, is_valid)
FAMILY.grid("conv1d of keras 2", OLD, dict(ONE, size=(7,), kernel=(1, 2, 3), **GROUPS), convolution, is_valid, keep=1)
FAMILY.grid("conv1d of keras 2", STANDALONE, dict(ONE, size=(7,), kernel=(2, 3)), convolution, is_valid, keep=1)
FAMILY.grid("conv2d", NEW, dict(TWO, **GROUPS), convolution, is_valid)
FAMILY.grid("conv2d of keras 2", OLD + STANDALONE, dict(TWO, size=((5, 4),)), convolution, is_valid, keep=1)
FAMILY.grid("conv3d", NEW + OLD, THREE, convolution, is_valid, keep=1)
# TensorFlow does not run these on a CPU, JAX does.
FAMILY.grid("conv1d channels_first", NEW, dict(ONE, kernel=(2, 3), strides=(1, 2), dilation=(1, 2), **GROUPS, **FIRST), convolution,
            is_valid, backend="jax", keep=1)
FAMILY.grid("conv2d channels_first", NEW, dict(TWO, size=((5, 6),), kernel=((2, 3), (4, 1)), **GROUPS, **FIRST), convolution, is_valid,
            backend="jax")
FAMILY.grid("conv3d channels_first", NEW, dict(THREE, kernel=((2, 1, 3),), **GROUPS, **FIRST), convolution, is_valid, backend="jax", keep=1)
FAMILY.grid("conv3d groups", NEW, dict(THREE, dilation=((1, 1, 1), (2, 1, 2)), **GROUPS), convolution, is_valid, backend="jax", keep=1)


def depthwise(size, kernel, strides, padding, dilation, multiplier, data_format="channels_last"):
    kind = "DepthwiseConv%dD" % len(numbers(size))
    options = dict(end(*(numbers(kernel) + numbers(strides) + numbers(dilation) + (multiplier,))))
    if data_format == "channels_first":
        options["data_format"] = data_format
    return shape(size, 3, data_format), [
        getattr(k, kind)(kernel, strides=strides, padding=padding, dilation_rate=dilation, depth_multiplier=multiplier, **options)]


def separable(size, kernel, strides, padding, dilation, multiplier, data_format="channels_last"):
    kind = "SeparableConv%dD" % len(numbers(size))
    options = dict(end(*(numbers(kernel) + numbers(strides) + numbers(dilation) + (multiplier,))))
    if data_format == "channels_first":
        options["data_format"] = data_format
    return shape(size, 3, data_format), [
        getattr(k, kind)(5, kernel, strides=strides, padding=padding, dilation_rate=dilation, depth_multiplier=multiplier, **options)]


TWO_OF_THREE = ("valid", "same")
DEPTH_ONE = {"size": (8, 7), "kernel": (1, 2, 3, 4), "strides": (1, 2), "padding": TWO_OF_THREE, "dilation": (1, 2), "multiplier": (1, 2, 3)}
# TensorFlow wants the same step along both axes.
DEPTH_TWO = {"size": ((6, 7), (5, 4)), "kernel": ((1, 1), (2, 3), (4, 1)), "strides": ((1, 1), (2, 2)), "padding": TWO_OF_THREE,
             "dilation": ((1, 1), (2, 2)), "multiplier": (1, 2)}

FAMILY.grid("depthwise_conv1d", NEW, DEPTH_ONE, depthwise, is_valid, keep=1)
FAMILY.grid("depthwise_conv1d of keras 2", OLD, dict(DEPTH_ONE, size=(7,), kernel=(2, 3), multiplier=(1, 2)), depthwise, is_valid, keep=1)
FAMILY.grid("depthwise_conv2d", NEW, DEPTH_TWO, depthwise, is_valid)
FAMILY.grid("depthwise_conv2d of keras 2", OLD, dict(DEPTH_TWO, size=((5, 4),)), depthwise, is_valid, keep=1)
FAMILY.grid("depthwise_conv2d of keras 2", STANDALONE, dict(DEPTH_TWO, size=((5, 4),), dilation=((1, 1),)), depthwise, is_valid, keep=1)
FAMILY.grid("separable_conv1d", NEW, dict(DEPTH_ONE, multiplier=(1, 2)), separable, is_valid, keep=1)
for writers, paddings in ((OLD, ("valid", "same", "causal")), (STANDALONE, TWO_OF_THREE)):
    FAMILY.grid("separable_conv1d of keras 2", writers,
                dict(DEPTH_ONE, size=(7,), kernel=(2, 3), padding=paddings, multiplier=(1, 2)), separable, is_valid, keep=1)
FAMILY.grid("separable_conv2d", NEW, DEPTH_TWO, separable, is_valid, keep=1)
FAMILY.grid("separable_conv2d of keras 2", OLD + STANDALONE, dict(DEPTH_TWO, size=((5, 4),)), separable, is_valid, keep=1)
for name, row in (("depthwise", depthwise), ("separable", separable)):
    FAMILY.grid(name + "_conv1d channels_first", NEW, dict(DEPTH_ONE, size=(7,), kernel=(2, 3), multiplier=(2,), **FIRST), row, is_valid,
                backend="jax", keep=1)
    FAMILY.grid(name + "_conv2d channels_first", NEW,
                dict(DEPTH_TWO, size=((5, 6),), strides=((1, 1), (2, 1), (2, 3)), dilation=((1, 1), (2, 1)), multiplier=(2,), **FIRST), row,
                is_valid, backend="jax", keep=1)
    FAMILY.grid(name + "_conv2d unequal steps", NEW, dict(DEPTH_TWO, size=((6, 7),), strides=((2, 1), (1, 3)), dilation=((1, 1),)), row,
                is_valid, backend="jax", keep=1)

FAMILY.rows(NEW, [
    ("conv2d open size", (None, 5, 2), [k.Conv2D(3, (2, 3), strides=2, padding="same"), k.GlobalMaxPooling2D()]),
    ("conv1d many filters", (9, 3), [k.Conv1D(70, 3, padding="same", activation="relu"), k.Conv1D(33, 2, dilation_rate=2)]),
    ("conv1d many groups", (9, 64), [k.Conv1D(64, 3, groups=32, strides=2, padding="same")]),
    ("conv2d kernel beyond the image", (3, 2, 2), [k.Conv2D(3, (7, 5), padding="same")]),
    ("conv1d causal kernel beyond the steps", (3, 2), [k.Conv1D(3, 5, dilation_rate=2, padding="causal")]),
    ("depthwise_conv2d then normalization", (5, 4, 3), [k.DepthwiseConv2D(3, padding="same"), k.BatchNormalization(), k.ReLU(6.0)]),
    ("separable_conv2d then normalization", (5, 4, 3), [k.SeparableConv2D(4, 3), k.BatchNormalization(), k.Activation("silu")]),
])
