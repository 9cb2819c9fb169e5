"""The families of cases."""

from definitions import images, preprocessing, transposed_convolution

ALL = [transposed_convolution.FAMILY, images.FAMILY] + preprocessing.FAMILIES
