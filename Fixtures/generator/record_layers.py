"""Records what every layer of some models puts out: `Fixtures/recordings/<model>.npz`, by the names of the layers.

    KERAS_BACKEND=numpy python record_layers.py        with the environment of keras-3.15.1
"""

import pathlib

import keras
import numpy

FIXTURES = pathlib.Path(__file__).resolve().parent.parent
WRITER = "keras-3.15.1"

for name in ["batchnorm", "lstm_text"]:
    model = keras.models.load_model(FIXTURES / WRITER / f"{name}.h5", compile=False)
    arrays = numpy.load(FIXTURES / WRITER / f"{name}.npz")
    value = arrays["input_0"][:2]
    found = {"input_0": value}
    for layer in model.layers:
        value = numpy.asarray(layer(value, training=False))
        found[layer.name] = value
    found["output_0"] = value
    (FIXTURES / "recordings").mkdir(exist_ok=True)
    numpy.savez(FIXTURES / "recordings" / f"{name}.npz", **found)
