"""Writes every network of `models.py` as the files that the engines take, and inputs for each batch size.

    make_models.py FOLDER [NAME ...]

<name>.h5 for Keras and nnconv, <name>.onnx, <name>-<batch>.tflite and <name>-<batch>-int8.tflite (LiteRT's dynamic-range quantisation),
<name>-<batch>.npy. What is there already stays.
"""

import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

import models  # noqa: E402

BATCHES = [1, 32]


def tflite(model, x, quantised):
    """With the batch fixed: LiteRT has no loops over sequences otherwise."""
    inputs = keras.Input(batch_shape=x.shape, dtype=x.dtype)
    converter = tf.lite.TFLiteConverter.from_keras_model(keras.Model(inputs, model(inputs)))
    if quantised:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    return converter.convert()


def main(folder, names):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for make in models.MODELS:
        name = make.__name__
        if (folder / f"{name}.complete").exists() or (names and name not in names):
            continue
        keras.backend.clear_session()
        model = models.build(make)
        model(models.sample(make, 1))
        model.save(folder / f"{name}.h5")
        model.export(folder / f"{name}.onnx", format="onnx", verbose=False)
        for batch in BATCHES:
            x = models.sample(make, batch)
            np.save(folder / f"{name}-{batch}.npy", x)
            for suffix, quantised in [("", False), ("-int8", True)]:
                (folder / f"{name}-{batch}{suffix}.tflite").write_bytes(tflite(model, x, quantised))
        (folder / f"{name}.complete").touch()
        print(name, model.count_params(), "parameters", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
