"""Models whose layers Keras has quantized after they were made, and layers with an adapter (LoRA) beside their kernel."""

import numpy

from definition import Definitions, given

DEFINITIONS = Definitions()

NEW = ("keras-3.15.1",)
WORDS = given(numpy.array([[1, 4, 9], [0, 2, 2], [7, 5, 3]], "int32"))


def layers(k):
    return k.Sequential([
        k.Embedding(10, 6), k.EinsumDense("abc,cd->abd", output_shape=(3, 5), bias_axes="d"), k.Flatten(),
        k.Dense(7, activation="relu"), k.Dense(3, use_bias=False),
    ], shape=(3,), dtype="int32")


def adapt(k, model):
    """An adapter for every layer that takes one, with numbers that change the result."""
    random = numpy.random.RandomState(5)
    for layer in model.layers:
        if hasattr(layer, "enable_lora"):
            layer.enable_lora(2, lora_alpha=3)
            for variable in layer.trainable_variables:
                if "lora" in variable.name:
                    variable.assign(random.normal(0, 0.3, variable.shape))


def quantize(mode, **options):
    def finish(k, model):
        config = None
        if options:
            from keras.src.quantizers.quantization_config import Int4QuantizationConfig
            config = Int4QuantizationConfig(**options)
        model.quantize(mode, config=config)
    return finish


def both(*steps):
    def finish(k, model):
        for step in steps:
            step(k, model)
    return finish


for name, finish in [
    ("quantized_int8", quantize("int8")), ("quantized_int4", quantize("int4", block_size=4)),
    ("quantized_int4_channels", quantize("int4", block_size=None)), ("quantized_lora", adapt), ("quantized_int8_lora", both(quantize("int8"), adapt)),
]:
    DEFINITIONS.add(name, layers, WORDS, writers=lambda k: k.writer in NEW, finish=finish)

DEFINITIONS.add(
    "quantized_float8", lambda k: k.Sequential([k.Dense(4, activation="relu")], shape=(6,)),
    lambda k, seed: numpy.random.RandomState(seed).normal(0, 1, (3, 6)).astype("float32"), writers=lambda k: k.writer in NEW,
    finish=quantize("float8"))
DEFINITIONS.add(
    "quantized_reversible", lambda k: k.Sequential([k.ReversibleEmbedding(10, 6, tie_weights=False)], shape=(3,), dtype="int32"), WORDS,
    writers=lambda k: k.writer in NEW, finish=quantize("int8"))
