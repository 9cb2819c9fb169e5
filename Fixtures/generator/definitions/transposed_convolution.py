"""Conv1DTranspose to Conv3DTranspose."""

from definition import Family, normal
from described import layers as k

FAMILY = Family("transposed_convolution")

NEW = ("keras-3.15.1",)
OLD = ("tfkeras-2.15",)
STANDALONE = ("keras-2.3.1",)


def is_valid(kernel=1, strides=1, padding="valid", output_padding=None, dilation=1, backend="tensorflow", size=5, **_):
    """What Keras accepts; and TensorFlow takes no output that its own rule would make one step shorter."""
    if padding == "same" and output_padding is not None and (size - 1) * strides + ((kernel - 1) * dilation + 1) % 2 + output_padding < 1:
        return False  # nothing would come out
    if strides > 1 and dilation > 1 or output_padding is not None and output_padding >= strides:
        return False
    extent = (kernel - 1) * dilation + 1
    return not (padding == "same" and output_padding == 0 and extent % 2 == 0 and backend == "tensorflow")


def one_dimension(size, kernel, strides, padding, output_padding, dilation):
    return (size, 2), [k.Conv1DTranspose(3, kernel, strides=strides, padding=padding, output_padding=output_padding,
                                         dilation_rate=dilation, activation="tanh" if size == 5 else None)]


AXES = {"size": (5, 1, 6), "kernel": (3, 1, 2, 4, 5), "strides": (1, 2, 3), "padding": ("valid", "same"),
        "output_padding": (None, 0, 1, 2), "dilation": (1,)}
FAMILY.grid("conv1d_transpose", NEW, AXES, one_dimension, is_valid)
FAMILY.grid("conv1d_transpose of keras 2", OLD, dict(AXES, size=(5,)), one_dimension, is_valid)
# TensorFlow's CPU kernels know no dilation here, JAX does.
FAMILY.grid("conv1d_transpose", NEW, dict(AXES, strides=(1,), output_padding=(None, 0), dilation=(2, 3)), one_dimension,
            lambda **values: is_valid(backend="jax", **values), backend="jax")


def first(size, kernel, strides, padding, output_padding, dilation):
    return (2, size), [k.Conv1DTranspose(3, kernel, strides=strides, padding=padding, output_padding=output_padding,
                                         dilation_rate=dilation, data_format="channels_first", use_bias=size == 5)]


FAMILY.grid("conv1d_transpose channels_first", NEW, dict(AXES, size=(5, 4), kernel=(2, 3)), first,
            lambda **values: is_valid(backend="jax", **values), backend="jax")


def two_dimensions(kernel, strides, padding, output_padding, data_format="channels_last", **options):
    shape = (4, 3, 2) if data_format == "channels_last" else (2, 4, 3)
    return shape, [k.Conv2DTranspose(3, kernel, strides=strides, padding=padding, output_padding=output_padding,
                                     data_format=data_format, **options)]


def is_valid_2d(kernel, strides, padding, output_padding, **options):
    output_padding = output_padding or (None, None)
    return all(is_valid(kernel=kernel[axis], strides=max(strides) if output_padding[axis] is None else strides[axis],
                        padding=padding, output_padding=output_padding[axis], **options) for axis in range(2))


PLANES = {"kernel": ((3, 2), (1, 4), (3, 5)), "strides": ((1, 1), (2, 3), (2, 1)), "padding": ("valid", "same"),
          "output_padding": (None, (1, 0), (1, 2))}
FAMILY.grid("conv2d_transpose", NEW + OLD + STANDALONE, PLANES, two_dimensions, is_valid_2d)
FAMILY.grid("conv2d_transpose channels_first", NEW, dict(PLANES, data_format=("channels_first",)), two_dimensions,
            lambda data_format, **values: is_valid_2d(backend="jax", **values), backend="jax")
FAMILY.rows(NEW, [
    ("conv2d_transpose softmax", (4, 3, 2), [k.Conv2DTranspose(3, 2, activation="softmax")]),
    ("conv2d_transpose open size", (None, 3, 2), [k.Conv2DTranspose(3, 3, strides=2), k.GlobalMaxPooling2D()]),
    ("conv2d_transpose then normalization", (4, 3, 2),
     [k.Conv2DTranspose(35, 3, strides=2, padding="same"), k.BatchNormalization(), k.Activation("relu"), k.Conv2D(2, 3)]),
    ("conv2d_transpose masked", (4, 2), [k.Masking(), k.Conv1DTranspose(3, 2), k.SimpleRNN(2)]),
])
FAMILY.rows(NEW + OLD, [
    ("conv3d_transpose", (2, 3, 2, 2), [k.Conv3DTranspose(3, 2)]),
    ("conv3d_transpose same", (2, 3, 2, 2), [k.Conv3DTranspose(3, (3, 1, 2), strides=(2, 1, 3), padding="same")]),
    ("conv3d_transpose output_padding", (2, 3, 2, 2),
     [k.Conv3DTranspose(2, (1, 3, 2), strides=(2, 2, 3), output_padding=(1, 0, 2), use_bias=False)]),
    ("conv3d_transpose same output_padding", (2, 3, 2, 2),
     [k.Conv3DTranspose(2, 3, strides=(2, 2, 3), output_padding=(1, 0, 2), padding="same", activation="relu")]),
])
FAMILY.rows(NEW, [
    ("conv3d_transpose channels_first", (2, 2, 3, 2),
     [k.Conv3DTranspose(3, 3, strides=(2, 1, 2), padding="same", data_format="channels_first")]),
    ("conv2d_transpose dilation", (4, 3, 2), [k.Conv2DTranspose(3, (2, 3), dilation_rate=2)]),
    ("conv2d_transpose dilations", (4, 3, 2), [k.Conv2DTranspose(3, (2, 3), dilation_rate=(3, 1), padding="same")]),
    ("conv3d_transpose dilation", (2, 2, 3, 2), [k.Conv3DTranspose(3, 2, dilation_rate=(2, 1, 2))]),
], backend="jax")
