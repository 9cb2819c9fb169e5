"""Layers whose weights are whole numbers of few bits, as `model.quantize` makes them, and layers with adapters (LoRA)."""

import numpy

import randomised
from definition import Family, indices, normal
from described import layers as k

FAMILY = Family("quantized")
NEW = ("keras-3.15.1",)
# Four bits were packed otherwise.
EARLIER = ("keras-3.12.0",)


def model(name, layers, change, **options):
    """A maker of a Sequential that `change(dialect, model)` has quantised after its weights were drawn."""
    def make(dialect):
        made = dialect.made(k.Sequential(layers, **options))
        randomised.randomise(dialect, made, name)
        change(dialect, made)
        return made
    return make


def add(name, layers, change, shape, inputs=None, writers=NEW, keeps=True, **options):
    """`keeps`: whether the case is there in a checkout, or in `make matrix` alone."""
    if not keeps:
        FAMILY.matrix_only.add(name)
    FAMILY.add(name, model(name, layers, change, shape=shape, **options), inputs or normal(2, *shape),
               writers=lambda dialect: dialect.writer in writers)


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
            count = layer.kernel_scale.shape[1]
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
            add("%s dense, %s, rank=%d" % (mode, words, rank), DENSE if rank == 1 else PLAIN, quantize(mode, **settings), (4, 11)[-rank:],
                keeps=words == "default" or rank == 2)
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


def both(*steps):
    def change(dialect, made):
        for step in steps:
            step(dialect, made)
    return change


# Equations: queries, what comes back from heads, groups, other orders.
EQUATIONS = {
    "abc,cd->abd": ((4, 6), (None, 7), "d"), "ab,bc->ac": ((6,), (5,), "c"), "abc,cde->abde": ((3, 6), (None, 2, 5), "de"),
    "abcd,cde->abe": ((3, 2, 4), (None, 5), "e"), "abc,bcd->abd": ((3, 6), (3, 5), None), "abc,cd->adb": ((4, 6), (7, 4), "d"),
    "abc,dc->abd": ((4, 6), (None, 5), None),
}
for equation, (shape, output, bias) in EQUATIONS.items():
    layers = [k.EinsumDense(equation, output_shape=output, bias_axes=bias, activation="tanh")]
    for mode, all_settings in (("int8", INT8), ("int4", INT4)):
        for words, settings in all_settings.items():
            if "weights" not in settings:
                # One setting of each equation is enough to keep, and every setting of one equation.
                add("%s einsum %s, %s" % (mode, equation, words), layers, quantize(mode, **settings), shape,
                    keeps=words == "default" or equation == "abc,cde->abde")
    add("float8 einsum " + equation, layers, float8, shape, keeps=equation == "abc,bcd->abd")
    if equation not in ("abc,dc->abd", "abc,cd->adb"):
        add("int8 and lora, einsum " + equation, layers, both(quantize("int8"), adapt(2, 3)), shape, keeps=equation == "abcd,cde->abe")
    add("lora einsum " + equation, layers, adapt(2, 3), shape, keeps=equation in ("abc,cde->abde", "abc,bcd->abd"))
for mode, bits, group in (("gptq", 4, -1), ("gptq", 8, 4), ("awq", 4, 4)):
    policy = "%s/%d/%d_from_float32" % (mode, bits, group)
    for equation, shape, output in (("abc,cd->abd", (4, 6), (None, 7)), ("abc,cde->abde", (3, 6), (None, 2, 5)), ("abcd,cde->abe", (3, 2, 4), (None, 9))):
        add("%s einsum %s, bits=%d group=%d" % (mode, equation, bits, group), [k.EinsumDense(equation, output_shape=output, bias_axes=None, dtype=policy)],
            calibrated(bits, group, mode), shape, keeps=equation == ("abcd,cde->abe" if group > 0 else "abc,cde->abde"))
for words, mode in (("int8", "int8"), ("int4", "int4")):
    add("%s and lora, dense" % words, PLAIN, both(quantize(mode), adapt(2, 3)), (11,))
    add("%s and lora, embedding" % words, [k.Embedding(9, 5), k.Flatten()], both(quantize(mode), adapt(2)), (4,), indices(9, 2, 4), dtype="int32")
add("int4 dense", DENSE, quantize("int4"), (11,), writers=EARLIER)
add("int4 dense, rank=2", PLAIN, quantize("int4"), (4, 12), writers=EARLIER)
add("int4 embedding", [k.Embedding(9, 5), k.Flatten(), k.Dense(2)], quantize("int4"), (4,), indices(9, 2, 4), writers=EARLIER, dtype="int32")
for equation, (shape, output, bias) in EQUATIONS.items():
    add("int4 einsum " + equation, [k.EinsumDense(equation, output_shape=output, bias_axes=bias)], quantize("int4"), shape, writers=EARLIER)
