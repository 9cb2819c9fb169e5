"""The families of cases."""

from definitions import images, policies, preprocessing, transposed_convolution

ALL = [transposed_convolution.FAMILY, images.FAMILY] + preprocessing.FAMILIES + [policies.FAMILY]
