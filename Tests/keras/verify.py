"""Loads converted models with today's Keras and compares what they predict with what their own Keras recorded.

    verify.py CONVERTED FIXTURES

CONVERTED holds <writer>__<model>.keras, FIXTURES holds <writer>/<model>.npz. Prints one line per model that differs, cannot be
loaded or has no record, and ends with 1 if there is one.
"""

import os
import pathlib
import sys
import traceback

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402

ABSOLUTE, RELATIVE = 1e-5, 1e-4


def inputs(record):
    names = sorted(name for name in record.files if name.startswith("input_"))
    arrays = [record[name] for name in names]
    return arrays[0] if len(arrays) == 1 else arrays


def outputs(record):
    return [record[name] for name in sorted(record.files) if name.startswith("output_")]


def problem(path, record):
    """What is wrong with the model at `path`, or None."""
    model = keras.models.load_model(path)
    found = model(inputs(record), training=False)
    found = [np.asarray(value) for value in (found if isinstance(found, (list, tuple)) else [found])]
    expected = outputs(record)
    if [value.shape for value in found] != [value.shape for value in expected]:
        return f"shapes {[value.shape for value in found]}, not {[value.shape for value in expected]}"
    for value, wanted in zip(found, expected):
        if not np.allclose(value, wanted, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True):
            return f"differs by {np.nanmax(np.abs(value - wanted)):.3g}"
    return None


def main(converted, fixtures):
    failures = 0
    models = sorted(pathlib.Path(converted).glob("*.keras"))
    for path in models:
        writer, name = path.name.removesuffix(".keras").split("__")
        record = pathlib.Path(fixtures) / writer / f"{name}.npz"
        try:
            with np.load(record) as arrays:
                wrong = problem(path, arrays)
        except Exception as error:
            wrong = "".join(traceback.format_exception_only(error)).strip().splitlines()[0][:400]
        if wrong:
            failures += 1
            print(f"{path.name}: {wrong}", flush=True)
        keras.backend.clear_session()
    print(f"{len(models) - failures} of {len(models)} models load in Keras {keras.__version__} and predict what was recorded")
    return 1 if failures or not models else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
