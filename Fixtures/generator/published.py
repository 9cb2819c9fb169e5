"""Runs one published model with the Keras of its era and records inputs and outputs: published.py MODEL.h5 OUT.npz"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import numpy as np


def main():
    path, out = sys.argv[1:]
    import keras

    if keras.__version__.startswith("2.0.2"):
        # Keras 2.0.2 asks the optimizer's state back by names that h5py 2.10 gives as text; the prediction needs none of it.
        import h5py
        import shutil
        import tempfile

        copy = os.path.join(tempfile.mkdtemp(), "model.h5")
        shutil.copy(path, copy)
        with h5py.File(copy, "a") as file:
            if "training_config" in file.attrs:
                del file.attrs["training_config"]
        path = copy
    model = keras.models.load_model(path) if keras.__version__.startswith("2.0.2") else keras.models.load_model(path, compile=False)
    first = model.layers[0]
    random = np.random.RandomState(7)
    shape = [3] + [20 if size is None else size for size in model.input_shape[1:]]
    if type(first).__name__ == "Embedding":
        x = random.randint(0, first.input_dim, shape).astype("int32")
    else:
        x = random.uniform(-1, 1, shape).astype("float32")
    y = model.predict(x)
    np.savez(out, input_0=x, output_0=np.asarray(y, "float32"))
    print("%s %s Keras %s: %s -> %s" % (os.path.basename(path), type(first).__name__, keras.__version__, x.shape, y.shape))


main()
