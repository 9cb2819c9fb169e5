"""Layers whose weights are whole numbers of few bits, as `model.quantize` makes them, and layers with adapters (LoRA)."""

import numpy

import randomised
from definition import Family, indices, normal
from described import layers as k

FAMILY = Family("quantized")
NEW = ("keras-3.15.1",)


def writes(dialect):
    return dialect.writer in NEW


def model(name, layers, change, **options):
    """A maker of a Sequential that `change(dialect, model)` has quantised after its weights were drawn."""
    def make(dialect):
        made = dialect.made(k.Sequential(layers, **options))
        randomised.randomise(dialect, made, name)
        change(dialect, made)
        return made
    return make


def add(name, layers, change, shape, inputs=None, **options):
    FAMILY.add(name, model(name, layers, change, shape=shape, **options), inputs or normal(2, *shape), writers=writes)


def quantize(mode, **settings):
    """By the mode's own rule, or with settings: block_size, inputs (None, or what makes an AbsMaxQuantizer), weights."""
    def change(dialect, made):
        if not settings:
            return made.quantize(mode)
        q = dialect.keras.quantizers
        given = dict(settings)
        if "inputs" in given:
            inputs = given.pop("inputs")
            given["activation_quantizer"] = None if inputs is None else q.AbsMaxQuantizer(**inputs)
        if "weights" in given:
            given["weight_quantizer"] = q.AbsMaxQuantizer(**given.pop("weights"))
        made.quantize(mode, config={"int8": q.Int8QuantizationConfig, "int4": q.Int4QuantizationConfig}[mode](**given))
    return change


def adapt(rank, alpha=None):
    def change(dialect, made):
        for layer in made.layers:
            if hasattr(layer, "enable_lora"):
                layer.enable_lora(rank, lora_alpha=alpha)
    return change


def calibrated(bits, group, mode):
    """What the calibration of GPTQ and AWQ leaves behind, drawn instead of found: the layers only compute with it."""
    def change(dialect, made):
        random = numpy.random.RandomState(bits * 100 + group)
        for layer in made.layers:
            setattr(layer, "is_%s_calibrated" % mode, True)
            count = -(-layer.kernel_shape[0] // group) if group > 0 else 1
            layer.quantized_kernel.assign(random.randint(0, 2 ** (8 if bits == 4 else bits), layer.quantized_kernel.shape).astype("uint8"))
            layer.kernel_scale.assign(random.uniform(0.02, 0.2, layer.kernel_scale.shape))
            layer.kernel_zero.assign(random.randint(0, 2 ** bits, layer.kernel_zero.shape).astype("uint8"))
            layer.g_idx.assign(random.randint(0, count, layer.g_idx.shape).astype("float32"))
            if mode == "awq":
                layer.awq_scales.assign(random.uniform(0.5, 2, layer.awq_scales.shape))
    return change


def float8(dialect, made):
    """Scales as training would have found them."""
    made.quantize("float8")
    for number, layer in enumerate(made.layers):
        layer.inputs_scale.assign(0.0071 + 0.001 * number)
        layer.kernel_scale.assign(0.0043)


DENSE = [k.Dense(37, activation="relu"), k.Dense(5, activation="softmax")]
PLAIN = [k.Dense(37), k.Dense(5, use_bias=False)]
INT8 = {"default": {}, "inputs as they are": {"inputs": None}, "inputs of seven bits": {"inputs": {"value_range": (-63, 63), "epsilon": 1e-3}},
        "weights of four bits": {"weights": {"axis": 0, "value_range": (-8, 7), "output_dtype": "int8"}}}
INT4 = {"default": {}, "per channel": {"block_size": None}, "blocks of 3": {"block_size": 3}, "blocks of 64": {"block_size": 64},
        "per channel, inputs too": {"block_size": -1, "inputs": {}}}
for mode, all_settings in (("int8", INT8), ("int4", INT4)):
    for words, settings in all_settings.items():
        for rank in (1, 2):
            add("%s dense, %s, rank=%d" % (mode, words, rank), DENSE if rank == 1 else PLAIN, quantize(mode, **settings), (4, 11)[-rank:])
        add("%s embedding, %s" % (mode, words), [k.Embedding(9, 5, mask_zero=True), k.GlobalAveragePooling1D(), k.Dense(2)],
            quantize(mode, **{key: value for key, value in settings.items() if key != "weights"}), (4,), indices(9, 2, 4), dtype="int32")
    add("%s of mixed bfloat16" % mode, [k.Dense(8, activation="tanh", dtype="mixed_bfloat16")], quantize(mode), (11,))
add("int8 of large numbers", [k.Dense(3)], quantize("int8"), (5,), lambda _, seed: (numpy.random.RandomState(seed).normal(0, 1e6, (2, 5))).astype("float32"))
add("int8 wide", [k.Dense(2)], quantize("int8"), (1500,))
add("float8 dense", DENSE, float8, (11,))
add("float8 dense, rank=2", PLAIN, float8, (4, 11))
for mode, bits, group in (("gptq", 4, -1), ("gptq", 4, 4), ("gptq", 8, 4), ("gptq", 2, -1), ("gptq", 3, 2), ("awq", 4, -1), ("awq", 4, 4)):
    policy = "%s/%d/%d_from_float32" % (mode, bits, group)
    add("%s bits=%d group=%d" % (mode, bits, group), [k.Dense(7, activation="tanh", dtype=policy), k.Dense(3, use_bias=False, dtype=policy)],
        calibrated(bits, group, mode), (11,))

for words, rank, alpha in (("rank=1", 1, None), ("rank=3", 3, None), ("rank=3, alpha=2", 3, 2)):
    add("lora dense, " + words, DENSE, adapt(rank, alpha), (11,))
    add("lora embedding, " + words, [k.Embedding(9, 5), k.Flatten()], adapt(rank, alpha), (4,), indices(9, 2, 4), dtype="int32")
    for axes, shape in ((1, (9, 4)), (2, (7, 6, 3)), (3, (4, 5, 4, 2))):
        add("lora convolution %dD, %s" % (axes, words), [getattr(k, "Conv%dD" % axes)(5, 3, activation="relu")], adapt(rank, alpha), shape)
