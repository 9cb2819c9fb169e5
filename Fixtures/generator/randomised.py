"""Weights that leave nothing trivially zero or one, the same for a model's name in every run."""

import re
import zlib

import numpy


def seed_of(name):
    return zlib.crc32(name.encode("utf-8")) & 0x7FFFFFFF


def role_of(path):
    """`lstm_1/kernel_1:0` -> `kernel`"""
    name = re.sub(r":\d+$", "", path.split("/")[-1])
    # Keras 1: `lstm_1_W_i`, `batchnormalization_1_running_std`
    old = re.search(r"_(W|U|b|gamma|beta|running_mean|running_std|alphas|depthwise_kernel|pointwise_kernel)(_[a-z]+)?$", name)
    if old and "/" not in path:
        return {"W": "kernel", "U": "kernel", "b": "bias", "running_mean": "moving_mean", "running_std": "moving_variance",
                "alphas": "alpha"}.get(old.group(1), old.group(1))
    return re.sub(r"(:\d+|_\d+)$", "", name)


def drawn(role, shape, random):
    """Values for one weight, or None where Keras's own value must stay (a Normalization's statistics)."""
    # tf.keras calls inverse document frequencies "Variable", and computes with those of the configuration.
    if role in ("mean", "variance", "count", "seed_generator_state", "Variable"):
        return None
    # What quantised layers were given when their weights were rounded.
    if role in ("kernel_scale", "embeddings_scale", "inputs_scale", "outputs_grad_scale", "awq_scales", "g_idx") or role.endswith("_amax_history"):
        return None
    if role in ("moving_variance", "gamma"):
        return random.uniform(0.5, 1.7, shape)
    if role == "alpha":
        return random.uniform(0.05, 0.5, shape)
    if role in ("bias", "beta", "moving_mean"):
        return random.normal(0, 0.4, shape)
    fan_in = int(numpy.prod(shape[:-1])) if role != "embeddings" else 1
    return random.normal(0, 1.2 / numpy.sqrt(max(fan_in, 1)), shape)


def randomise(dialect, model, name):
    random = numpy.random.RandomState(seed_of(name))
    seen = set()
    for variable in model.weights:
        if id(variable) in seen:
            continue
        seen.add(id(variable))
        current = dialect.value(variable)
        if current.dtype.kind in "iu":
            continue
        values = drawn(role_of(dialect.variable_name(variable)), current.shape, random)
        if values is not None:
            dialect.assign(variable, values.astype(current.dtype))


def assign_kernels_exact_in_binary(dialect, model, name):
    """Kernels of multiples of 1/4 and biases of multiples of 1/2: with inputs of multiples of 1/2 every sum before
    an activation is exact in float32 in any order, so the kinks of the activations are met exactly."""
    random = numpy.random.RandomState(seed_of(name))
    for variable in model.weights:
        current = dialect.value(variable)
        role = role_of(dialect.variable_name(variable))
        if role == "kernel":
            values = random.randint(-4, 5, current.shape) / 4.0
            values[0, 0:2] = (1, -1)
            values[1:, 0:2] = 0
        else:
            values = random.randint(-1, 2, current.shape) / 2.0
            values[0:2] = 0
        dialect.assign(variable, values.astype(current.dtype))
