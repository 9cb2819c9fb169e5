"""Loads converted models with real Keras and compares what they predict with what the Keras that wrote them recorded.

    verify.py CLIENT TASKS

CLIENT is `keras-tensorflow`, `keras-jax`, `tf_keras`, or `tensorflow` for the Keras inside TensorFlow up to 2.15. TASKS is a JSON list of objects:

    name           what to call the model in messages
    model          the file to load
    architecture   for a file of weights: the JSON that `to_json` gives
    code           whether there are functions and classes in it that only its author has; those of `unsupported_three` are known
    record         the arrays: input_0, input_1, ..., output_0, ..., second_output_0 where the model keeps its state

Prints one line per model that cannot be loaded or answers otherwise, and exits with 1 if there is one.
"""

import json
import os
import sys
import traceback

CLIENT = sys.argv[1]
LIBRARY, _, BACKEND = CLIENT.partition("-")
os.environ["KERAS_BACKEND"] = BACKEND or "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
if LIBRARY == "tf_keras":
    # Parts of it say tf.keras and mean themselves.
    os.environ["TF_USE_LEGACY_KERAS"] = "1"

import numpy as np  # noqa: E402

if LIBRARY == "tf_keras":
    import tf_keras as keras  # noqa: E402
elif LIBRARY == "tensorflow":
    from tensorflow import keras  # noqa: E402
else:
    import keras  # noqa: E402

ABSOLUTE, RELATIVE = 1e-5, 1e-4


def arrays(record, prefix):
    """The arrays called `prefix_0`, `prefix_1`, ... in this order."""
    found = []
    while f"{prefix}_{len(found)}" in record.files:
        found.append(record[f"{prefix}_{len(found)}"])
    return found


def wobble(x):
    return x - x * x / 8


class Sway(keras.layers.Layer):
    def call(self, inputs):
        return wobble(inputs)


# tf.keras has this layer and forgets it when it reads HDF5, also its own.
UNLISTED = {"SpectralNormalization": keras.layers.SpectralNormalization} if LIBRARY in ("tf_keras", "tensorflow") else None


def load(task):
    if task.get("code"):
        # The code of a lambda is run: it comes from a fixture.
        known = {"wobble": wobble, "Custom>Sway": Sway}
        return keras.models.load_model(task["model"], custom_objects=known, safe_mode=False)
    if "architecture" not in task:
        return keras.models.load_model(task["model"], custom_objects=UNLISTED)
    with open(task["architecture"]) as file:
        model = keras.models.model_from_json(file.read())
    model.load_weights(task["model"])
    return model


def answers(model, inputs):
    """The outputs as a flat list, in the order of the model's outputs."""
    if any(value.dtype.kind == "U" for value in inputs):
        import tensorflow

        inputs = [tensorflow.constant(value) for value in inputs]
    found = model(inputs[0] if len(inputs) == 1 else inputs, training=False)
    if isinstance(found, dict):
        found = [found[key] for key in sorted(found)]
    return [np.asarray(value) for value in (found if isinstance(found, (list, tuple)) else [found])]


def difference(found, expected):
    """What is wrong with some outputs, or None."""
    if [value.shape for value in found] != [value.shape for value in expected]:
        return f"shapes {[value.shape for value in found]}, not {[value.shape for value in expected]}"
    for value, wanted in zip(found, expected):
        if not np.allclose(value, wanted, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True):
            return f"differs by {np.nanmax(np.abs(value - wanted)):.3g}"
    return None


def problem(task):
    """What is wrong with a model, or None."""
    with np.load(task["record"]) as record:
        model = load(task)
        inputs = arrays(record, "input")
        wrong = difference(answers(model, inputs), arrays(record, "output"))
        again = arrays(record, "second_output")
        if not wrong and again:
            wrong = difference(answers(model, inputs), again)
        return wrong


def main(path):
    failures = 0
    with open(path) as file:
        tasks = json.load(file)
    for task in tasks:
        try:
            wrong = problem(task)
        except Exception as error:
            wrong = " ".join("".join(traceback.format_exception_only(error)).split())[:600]
        if wrong:
            failures += 1
            print(f"{task['name']}: {wrong}", flush=True)
        keras.backend.clear_session()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2]))
