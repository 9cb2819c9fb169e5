"""The embedding model of chars2vec around one of its files of weights, with the Keras of its era:

    published_weights.py WEIGHTS.h5 OUT.json OUT.npz

Writes its description (`to_json`), and inputs and outputs."""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import h5py
import numpy as np


def main():
    weights, description, out = sys.argv[1:]
    import keras

    with h5py.File(weights, "r") as file:
        kernels = []
        file.visititems(lambda name, object: kernels.append(object.shape) if name.endswith("/kernel:0") else None)
    characters, gates = kernels[0]
    # As chars2vec makes it.
    first = keras.layers.Input(shape=(None, characters))
    x = keras.layers.LSTM(gates // 4, return_sequences=True)(first)
    x = keras.layers.LSTM(gates // 4)(x)
    model = keras.models.Model(inputs=[first], outputs=x)
    model.load_weights(weights)
    with open(description, "w") as file:
        file.write(model.to_json())
    x = np.random.RandomState(7).uniform(-1, 1, (3, 12, characters)).astype("float32")
    y = model.predict(x)
    np.savez(out, input_0=x, output_0=np.asarray(y, "float32"))
    print("%s Keras %s: %s -> %s" % (os.path.basename(weights), keras.__version__, x.shape, y.shape))


main()
