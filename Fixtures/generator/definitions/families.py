"""The families of cases."""

from definitions import (
    convolution, core, functions, images, locally_connected, normalization, policies, pooling, preprocessing, quantization, recurrent, shapes,
    spectrogram, transposed_convolution)

ALL = [transposed_convolution.FAMILY, images.FAMILY] + preprocessing.FAMILIES + [
    policies.FAMILY, convolution.FAMILY, pooling.FAMILY, shapes.FAMILY, normalization.FAMILY, functions.FAMILY, core.FAMILY,
    recurrent.FAMILY, locally_connected.FAMILY, quantization.FAMILY, spectrogram.FAMILY]
