"""HDF5 files that are recognised in order to be refused by name. Each has only what it is recognised by, written with h5py.

    python3 Fixtures/recognition/make.py      (h5py, any release)
"""

import json
import os

import h5py

FOLDER = os.path.dirname(os.path.abspath(__file__))
KERNEL = [[1.0, 2.0]]


def create(name):
    return h5py.File(os.path.join(FOLDER, name + ".hdf5"), "w")


def legacy_weights(group, dataset):
    group.attrs["layer_names"] = [b"dense_1"]
    layer = group.create_group("dense_1")
    layer.attrs["weight_names"] = [dataset.encode()]
    layer.create_dataset(dataset, data=KERNEL, dtype="float32")


with create("weights_only") as file:
    file.attrs["keras_version"] = b"2.2.0"
    file.attrs["backend"] = b"tensorflow"
    legacy_weights(file, "dense_1/kernel:0")

with create("keras0_weights") as file:
    file.attrs["nb_layers"] = 1
    layer = file.create_group("layer_0")
    layer.attrs["nb_params"] = 1
    layer.create_dataset("param_0", data=KERNEL, dtype="float32")

with create("keras3_weights") as file:
    file.create_dataset("layers/dense/vars/0", data=KERNEL, dtype="float32")

with create("not_keras") as file:
    file.create_dataset("measurements", data=KERNEL)
