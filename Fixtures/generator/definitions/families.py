"""The families of cases."""

from definitions import images, transposed_convolution

ALL = [transposed_convolution.FAMILY, images.FAMILY]
