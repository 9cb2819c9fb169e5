"""Resizing, UpSampling2D, CenterCrop and adaptive pooling."""

from definition import Family
from described import layers as k

FAMILY = Family("images")

NEW = ("keras-3.15.1",)
OLD = ("tfkeras-2.15",)
STANDALONE = ("keras-2.3.1", "keras-2.2.4")

ALL = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area")
SIZES = ((3, 4), (7, 9), (10, 7), (14, 5), (1, 2))


def resizing(interpolation, size, antialias):
    return (7, 5, 2), [k.Resizing(*size, interpolation=interpolation, antialias=antialias)]


FAMILY.grid("resizing", NEW, {"interpolation": ALL, "size": SIZES, "antialias": (False, True)}, resizing)


def by_ratio(ratio, size, interpolation, shape):
    return shape + (1,), [k.Resizing(*size, interpolation=interpolation, **{ratio + "_to_aspect_ratio": True})]


FAMILY.grid("resizing by ratio", NEW,
            {"ratio": ("crop", "pad"), "size": ((3, 4), (8, 3), (6, 6)), "interpolation": ("bilinear", "nearest", "bicubic"),
             "shape": ((7, 5), (4, 9), (5, 6))}, by_ratio)
FAMILY.rows(NEW, [
    ("resizing fill_value", (7, 4, 2), [k.Resizing(5, 5, pad_to_aspect_ratio=True, fill_value=1.5)]),
    ("resizing open size", (None, None, 2), [k.Resizing(4, 6)]),
    ("resizing channels_first", (2, 7, 5), [k.Resizing(3, 8, data_format="channels_first")]),
    ("resizing channels_first crop", (2, 7, 5),
     [k.Resizing(3, 8, crop_to_aspect_ratio=True, data_format="channels_first", interpolation="lanczos3")]),
])


def old_resizing(interpolation, size, crop):
    return (7, 5, 2), [k.Resizing(*size, interpolation=interpolation, crop_to_aspect_ratio=crop)]


FAMILY.grid("resizing of keras 2", OLD,
            {"interpolation": ALL + ("gaussian", "mitchellcubic"), "size": ((3, 4), (10, 7), (14, 4)), "crop": (False, True)},
            old_resizing)


def up_sampling(size, interpolation, data_format):
    shape = (3, 4, 2) if data_format == "channels_last" else (2, 3, 4)
    return shape, [k.UpSampling2D(size, interpolation=interpolation, data_format=data_format)]


UP_SAMPLING = {"size": ((2, 3), (1, 2), (5, 1)), "interpolation": ("bilinear", "bicubic", "lanczos3", "lanczos5", "nearest"),
               "data_format": ("channels_last", "channels_first")}
FAMILY.grid("up_sampling2d", NEW, UP_SAMPLING, up_sampling)
FAMILY.grid("up_sampling2d", OLD, dict(UP_SAMPLING, interpolation=ALL + ("gaussian", "mitchellcubic")), up_sampling)
FAMILY.grid("up_sampling2d", STANDALONE, dict(UP_SAMPLING, interpolation=("bilinear", "nearest")), up_sampling)
FAMILY.rows(NEW, [
    ("up_sampling2d open size", (None, 3, 2), [k.UpSampling2D((3, 2), interpolation="bilinear"), k.GlobalMaxPooling2D()]),
])


def center_crop(size, shape):
    return shape + (2,), [k.CenterCrop(*size)]


CENTER_CROP = {"size": ((3, 4), (4, 3), (7, 3), (9, 2), (9, 9), (5, 6)), "shape": ((7, 6), (4, 5))}
FAMILY.grid("center_crop", NEW, CENTER_CROP, center_crop)
# tf.keras fails where the part in the right ratio would have no column.
FAMILY.grid("center_crop", OLD, CENTER_CROP, center_crop, lambda size, shape: size != (9, 2))
FAMILY.rows(NEW, [
    ("center_crop channels_first", (2, 6, 7), [k.CenterCrop(3, 4, data_format="channels_first")]),
])


def adaptive(kind, size, cells, data_format):
    shape = (size, 2) if data_format == "channels_last" else (2, size)
    return shape, [getattr(k, "Adaptive%sPooling1D" % kind)(cells, data_format=data_format)]


FAMILY.grid("adaptive_pooling1d", NEW, {"kind": ("Max", "Average"), "size": (5, 6, 8, 9), "cells": (2, 3, 4, 5, 7),
                                        "data_format": ("channels_last", "channels_first")}, adaptive)


def adaptive_2d(kind, cells, data_format):
    shape = (7, 6, 2) if data_format == "channels_last" else (2, 7, 6)
    return shape, [getattr(k, "Adaptive%sPooling2D" % kind)(cells, data_format=data_format)]


FAMILY.grid("adaptive_pooling2d", NEW, {"kind": ("Max", "Average"), "cells": ((3, 4), (2, 6), (5, 2), (9, 3)),
                                        "data_format": ("channels_last", "channels_first")}, adaptive_2d)


def adaptive_3d(kind, cells, data_format):
    shape = (3, 4, 5, 2) if data_format == "channels_last" else (2, 3, 4, 5)
    return shape, [getattr(k, "Adaptive%sPooling3D" % kind)(cells, data_format=data_format)]


FAMILY.grid("adaptive_pooling3d", NEW, {"kind": ("Max", "Average"), "cells": ((2, 3, 3), (3, 4, 4)),
                                        "data_format": ("channels_last", "channels_first")}, adaptive_3d)


# With one cell along an axis TensorFlow fails.
FAMILY.rows(NEW, [
    ("adaptive_pooling1d one cell", (5, 2), [k.AdaptiveMaxPooling1D(1)]),
    ("adaptive_pooling2d one cell", (4, 5, 2), [k.AdaptiveAveragePooling2D((1, 3))]),
], backend="jax")
