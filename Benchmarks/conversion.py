"""Times `nnconv convert` on a model of 553 MB, next to reading all its datasets with h5py and writing them with safetensors.

    conversion.py NNCONV FOLDER [--rounds 7] [--json FILE]

FOLDER gets a model with the layers of VGG16 (made once, of random numbers) and what it is converted to. Every round does each thing once, in
turn, the files being in memory; a figure is the median of the rounds and the ratio that of the medians. Every contender is a process of
its own; what the peer takes to start Python is not counted. Memory is the most that a process had resident at a time.

Needs h5py, numpy and safetensors: python -m pip install -r requirements-conversion.txt
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time

# Convolutions of VGG16 as (filters, input channels), its pools as None, then its dense layers as (units, inputs).
CONVOLUTIONS = [(64, 3), (64, 64), None, (128, 64), (128, 128), None, (256, 128), (256, 256), (256, 256), None, (512, 256), (512, 512), (512, 512),
                None, (512, 512), (512, 512), (512, 512), None]
DENSE = [(4096, 25088, "relu"), (4096, 4096, "relu"), (1000, 4096, "softmax")]


def layers():
    """Every layer as (class, configuration, shapes of its weights)."""
    yield "InputLayer", {"batch_input_shape": [None, 224, 224, 3], "dtype": "float32", "name": "input_1", "sparse": False, "ragged": False}, []
    for index, convolution in enumerate(CONVOLUTIONS):
        if convolution is None:
            yield "MaxPooling2D", {"name": f"pool_{index}", "trainable": True, "dtype": "float32", "pool_size": [2, 2], "padding": "valid",
                                   "strides": [2, 2], "data_format": "channels_last"}, []
            continue
        filters, channels = convolution
        config = {"name": f"conv_{index}", "trainable": True, "dtype": "float32", "filters": filters, "kernel_size": [3, 3], "strides": [1, 1],
                  "padding": "same", "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1, "activation": "relu", "use_bias": True}
        yield "Conv2D", config, [("kernel", (3, 3, channels, filters)), ("bias", (filters,))]
    yield "Flatten", {"name": "flatten", "trainable": True, "dtype": "float32", "data_format": "channels_last"}, []
    for index, (units, inputs, activation) in enumerate(DENSE):
        config = {"name": f"dense_{index}", "trainable": True, "dtype": "float32", "units": units, "activation": activation, "use_bias": True}
        yield "Dense", config, [("kernel", (inputs, units)), ("bias", (units,))]


def make_model(path):
    """The file as tf.keras 2.10 lays it out."""
    import h5py
    import numpy as np

    random = np.random.default_rng(16)
    with h5py.File(path, "w") as file:
        described = [{"class_name": name, "config": config} for name, config, _ in layers()]
        file.attrs["keras_version"] = "2.10.0"
        file.attrs["backend"] = "tensorflow"
        file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"name": "vgg16", "layers": described}})
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = [config["name"] for name, config, _ in layers() if name != "InputLayer"]
        weights.attrs["keras_version"] = "2.10.0"
        weights.attrs["backend"] = "tensorflow"
        for name, config, shapes in layers():
            if name == "InputLayer":
                continue
            group = weights.create_group(config["name"])
            group.attrs["weight_names"] = [f"{config['name']}/{role}:0" for role, _ in shapes]
            for role, shape in shapes:
                group[f"{config['name']}/{role}:0"] = random.standard_normal(shape, dtype=np.float32) * np.float32(0.01)


def copy_with_peer(source, target):
    """What the peer does, timed from after its imports: all datasets into memory, and out as one file."""
    import h5py
    import safetensors.numpy

    start = time.perf_counter()
    tensors = {}
    with h5py.File(source, "r") as file:
        file.visititems(lambda name, item: tensors.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    safetensors.numpy.save_file(tensors, target)
    return time.perf_counter() - start


def measured(command, reads_seconds=False):
    """Seconds and resident bytes of a command; the seconds are its own count if it prints one."""
    # Of all children that were waited for, the largest counts: so each is the only child of a process between.
    script = ("import resource, subprocess, sys, time; start = time.perf_counter(); "
              "out = subprocess.run(sys.argv[1:], check=True, capture_output=True, text=True).stdout; "
              "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, out or 0)")
    words = subprocess.run([sys.executable, "-c", script, *command], check=True, capture_output=True, text=True).stdout.split()
    return float(words[2] if reads_seconds else words[0]), int(words[1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nnconv")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=pathlib.Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)

    model, compact, *targets = (arguments.folder / name for name in ["vgg16.h5", "vgg16.nnc", "peer.safetensors", "back.h5", "back.keras"])
    if not model.exists():
        make_model(model)
    convert = [arguments.nnconv, "convert", "--quiet"]
    # Name: command, the file it makes, whether it counts its own seconds.
    contenders = {
        "h5py + safetensors": ([sys.executable, __file__, "--peer", model, targets[0]], targets[0], True),
        ".h5 -> .nnc": ([*convert, model, compact], compact, False),
        ".nnc -> .h5": ([*convert, compact, targets[1]], targets[1], False),
        ".nnc -> .keras": ([*convert, compact, targets[2]], targets[2], False),
    }
    found = {name: [] for name in contenders}
    for _ in range(arguments.rounds + 1):
        for name, (command, target, reads_seconds) in contenders.items():
            target.unlink(missing_ok=True)
            found[name].append(measured([str(word) for word in command], reads_seconds))

    # The first round warms up.
    seconds = {name: statistics.median(s for s, _ in values[1:]) for name, values in found.items()}
    report = {name: {"seconds": seconds[name], "ratio": seconds[name] / seconds["h5py + safetensors"], "resident_bytes": max(m for _, m in found[name])}
              for name in contenders}
    print(f"{'':20} {'seconds':>8} {'ratio':>7} {'resident MiB':>13}")
    for name, figures in report.items():
        print(f"{name:20} {figures['seconds']:8.3f} {figures['ratio']:7.2f} {figures['resident_bytes'] / 2**20:13.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        print(copy_with_peer(*sys.argv[2:]))
    else:
        main()
