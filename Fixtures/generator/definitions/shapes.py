"""Layers that pad, cut, repeat and rearrange, and those that do nothing at inference."""

import itertools

import numpy

from definition import Family, uniform
from definitions.convolution import NEW, OLD, STANDALONE, numbers, shape
from described import layers as k

FAMILY = Family("shapes", batches=(1, 3))
FORMATS = ("channels_last", "channels_first")


def padding(kind, size, amount, data_format):
    options = {"data_format": data_format} if data_format != "channels_last" else {}
    return shape(size, 2, data_format), [getattr(k, "%s%dD" % (kind, len(size)))(amount, **options)]


# One-dimensional layers learned about channels first later or never.
FAMILY.grid("padding1d", NEW, {"kind": ("ZeroPadding", "Cropping"), "size": ((7,),), "amount": (0, 1, 2, (2, 0), (1, 3)),
                               "data_format": ("channels_last",)}, padding)
FAMILY.grid("zero_padding1d channels_first", NEW, {"kind": ("ZeroPadding",), "size": ((7,),), "amount": (0, 2, (1, 3)),
                                                   "data_format": ("channels_first",)}, padding)
PLANES = {"kind": ("ZeroPadding", "Cropping"), "size": ((7, 8),), "amount": (0, 1, (1, 2), ((1, 0), (2, 3)), ((0, 2), (0, 0))),
          "data_format": FORMATS}
FAMILY.grid("padding2d", NEW, PLANES, padding)
FAMILY.grid("padding2d of keras 2", OLD + STANDALONE, PLANES, padding, keep=1)
FAMILY.grid("padding3d", NEW + OLD, {
    "kind": ("ZeroPadding", "Cropping"), "size": ((5, 6, 4),), "amount": (1, (1, 2, 0), ((1, 0), (2, 3), (0, 1))), "data_format": FORMATS},
    padding, keep=1)


def up_sampling(size, factor, data_format):
    options = {"data_format": data_format} if data_format != "channels_last" else {}
    return shape(size, 2, data_format), [getattr(k, "UpSampling%dD" % len(size))(factor, **options)]


FAMILY.grid("up_sampling1d", NEW + OLD + STANDALONE, {"size": ((4,),), "factor": (1, 2, 3), "data_format": ("channels_last",)}, up_sampling, keep=1)
FAMILY.grid("up_sampling3d", NEW + OLD, {"size": ((2, 3, 2),), "factor": (1, 2, (1, 3, 2)), "data_format": FORMATS}, up_sampling, keep=1)
FAMILY.grid("up_sampling2d nearest", NEW + STANDALONE, {"size": ((3, 2),), "factor": (1, 3, (1, 2), (4, 2)), "data_format": FORMATS},
            up_sampling, keep=1)

FAMILY.grid("flatten", NEW + OLD, {"shape": ((4,),), "data_format": FORMATS}, lambda shape, data_format: (shape, [k.Flatten(data_format=data_format), k.Dense(2)]))
FAMILY.grid("flatten", NEW + OLD + STANDALONE, {"shape": ((3, 2), (2, 3, 4), (2, 3, 2, 2)), "data_format": FORMATS},
            lambda shape, data_format: (shape, [k.Flatten(data_format=data_format)]))
FAMILY.grid("reshape", NEW + OLD, {"target": ((24,), (-1,), (4, 6), (-1, 6), (6, -1), (2, 3, 4), (2, -1, 2), (-1, 2, 2, 2), (24, 1), (1, -1))},
            lambda target: ((4, 3, 2), [k.Reshape(target)]), keep=1)
FAMILY.grid("permute", NEW, {"dims": tuple(order for rank in (1, 2, 3, 4) for order in itertools.permutations(range(1, rank + 1)))},
            lambda dims: ((2, 3, 4, 5)[:len(dims)], [k.Permute(dims)]), keep=0)
FAMILY.grid("permute of keras 2", OLD + STANDALONE, {"dims": ((2, 1), (3, 1, 2), (2, 3, 1))}, lambda dims: ((2, 3, 4)[:len(dims)], [k.Permute(dims)]))
FAMILY.grid("repeat_vector", NEW + OLD + STANDALONE, {"n": (1, 2, 5)}, lambda n: ((3,), [k.RepeatVector(n)]), keep=1)

# What trains only.

NOTHING = {
    "Dropout": ({"rate": 0.4}, {"rate": 0.0}, {"rate": 0.5, "seed": 3, "noise_shape": (None, 1)}), "GaussianNoise": ({"stddev": 0.7},),
    "GaussianDropout": ({"rate": 0.3},), "AlphaDropout": ({"rate": 0.3},), "ActivityRegularization": ({"l1": 0.1, "l2": 0.2},),
}
for kind, choices in NOTHING.items():
    for number, options in enumerate(choices):
        FAMILY.rows(NEW + OLD, [("%s %d" % (kind, number), (3,), [getattr(k, kind)(**options), k.Dense(2)])])
FAMILY.rows(NEW + OLD, [("Identity", (3, 2), [k.Identity(), k.Dense(2)])])
FAMILY.grid("spatial_dropout", NEW + OLD, {"axes": (1, 2, 3)}, lambda axes: (
    (3, 2, 4, 2)[:axes] + (2,), [getattr(k, "SpatialDropout%dD" % axes)(0.5), k.Flatten()]))
FAMILY.grid("spatial_dropout channels_first", NEW, {"axes": (2, 3)}, lambda axes: (
    (3, 2, 4, 2)[:axes] + (2,), [getattr(k, "SpatialDropout%dD" % axes)(0.5, data_format="channels_first"), k.Flatten()]))

IMAGES = {"inputs": uniform(2, 6, 5, 3)}


def image(*names, writers=NEW, **options):
    for name in names:
        FAMILY.rows(writers, [("%s %s" % (name, " ".join("%s=%s" % option for option in options.items())), (6, 5, 3),
                               [getattr(k, name)(**options)], dict(IMAGES))])


# Augmentation, which leaves images alone at inference.
image("RandomFlip", mode="horizontal_and_vertical", seed=3)
image("RandomFlip", mode="vertical", data_format="channels_first")
image("RandomRotation", factor=(-0.2, 0.3), fill_mode="constant", interpolation="nearest", fill_value=0.5, seed=1)
image("RandomZoom", height_factor=0.2, width_factor=(-0.1, 0.3), fill_mode="wrap")
image("RandomTranslation", height_factor=0.2, width_factor=0.1, fill_mode="nearest")
image("RandomContrast", factor=0.4, value_range=(0, 1))
image("RandomBrightness", factor=0.3, value_range=(0, 1), seed=7)
image("RandomHue", "RandomSaturation", "RandomSharpness", "RandomColorDegeneration", factor=0.5, value_range=(0, 1))
image("RandomColorJitter", value_range=(0, 1), brightness_factor=0.2, contrast_factor=0.3, saturation_factor=0.4, hue_factor=0.1)
image("RandomShear", x_factor=0.2, y_factor=0.1)
image("RandomGrayscale", "RandomErasing", "RandomInvert", "RandomPerspective", factor=0.9)
image("RandomPosterization", factor=4, value_range=(0, 1))
image("RandomElasticTransform", "RandomGaussianBlur", "Solarization", "RandAugment", "AugMix", value_range=(0, 1))
image("MixUp", "CutMix", seed=4)
image("MaxNumBoundingBoxes", max_number=4)
image("RandomFlip", mode="horizontal", writers=OLD)
image("RandomRotation", factor=0.2, writers=OLD)
image("RandomZoom", height_factor=0.2, writers=OLD)
image("RandomTranslation", height_factor=0.2, width_factor=0.1, writers=OLD)
image("RandomContrast", factor=0.4, writers=OLD)
image("RandomBrightness", factor=0.4, writers=OLD)
image("RandomHeight", "RandomWidth", factor=0.4, writers=OLD)

def contrasts(value_range, flat):
    """Images, one of them with a channel that has no contrast."""
    def make(_, seed):
        low, high = sorted(value_range)
        images = numpy.random.RandomState(seed).uniform(low + 0.2 * (high - low), low + 0.7 * (high - low), (3, 4, 3, 2)).astype("float32")
        if flat:
            images[1, :, :, 0] = low + 0.5 * (high - low)
        return images
    return make


FAMILY.grid("auto_contrast", NEW, {"value_range": ((0, 1), (0, 255), (1, 0), (-1, 1)), "flat": (False, True)}, lambda value_range, flat: (
    (4, 3, 2), [k.AutoContrast(value_range=value_range)], {"inputs": contrasts(value_range, flat)}))


for names, crops in ((NEW, ((4, 3), (6, 5), (9, 3))), (OLD, ((4, 3), (6, 5), (9, 3), (8, 8))),
                     (("keras-3.4.1", "keras-3.7.0"), ((4, 3), (9, 3), (2, 5)))):
    FAMILY.grid("random_crop", names, {"size": crops}, lambda size: ((6, 5, 3), [k.RandomCrop(*size)], dict(IMAGES)))
FAMILY.grid("random_crop", ("keras-3.4.1", "keras-3.7.0"), {"size": ((3, 4), (6, 5), (6, 2), (8, 8), (3, 7), (1, 4))},
            lambda size: ((6, 5, 3), [k.RandomCrop(*size)], dict(IMAGES)), keep=0)

FAMILY.rows(NEW, [
    ("pipeline", (6, 5, 3), [k.Pipeline([k.RandomFlip(), k.Rescaling(2.0, offset=-1), k.RandomContrast(0.2)])], dict(IMAGES)),
    ("pipeline of one", (4,), [k.Pipeline([k.Dense(3)]), k.Dense(2)]),
    ("pipeline in a model", (6, 4), [k.Sequential([k.Pipeline([k.Conv1D(3, 2), k.ReLU()]), k.Dense(2)])]),
])
