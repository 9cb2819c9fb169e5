"""What the configurations of all of Keras's layers say: `python record_keys.py > ../keys/keras-3.15.1.json`

For every class its keys as `get_config` gives them, without those that every layer has, and with those that adapters add.
"""

import inspect
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "numpy")
import keras

EVERY_LAYER = {"name", "trainable", "dtype", "activity_regularizer"}
INSIDE = {"layer", "backward_layer", "cell", "cells", "layers"}

k = keras.layers
ARGUMENTS = {
    "units": 2, "filters": 2, "kernel_size": 1, "input_dim": 3, "output_dim": 2, "layer": lambda: k.LSTM(2), "cell": lambda: k.LSTMCell(2),
    "cells": lambda: [k.LSTMCell(2)], "rate": 0.5, "stddev": 0.5, "factor": 0.5, "height_factor": 0.1, "target_shape": (2,), "dims": (1,), "n": 2,
    "num_bins": 3, "width_factor": 0.1, "output_size": 1, "height": 2, "width": 2, "scale": 1.0, "equation": "ab,bc->ac",
    "output_shape": 2, "num_heads": 1, "key_dim": 1, "head_dim": 1, "num_query_heads": 1, "num_key_value_heads": 1, "axes": 1,
    "activation": "relu", "shape": (2,), "layers": lambda: [k.Dense(2)], "max_number": 2, "frame_length": 4, "frame_step": 2, "fft_length": 4, "pool_size": 2,
}
SPECIAL = {"Lambda": {"function": abs}, "RandomPosterization": {"factor": 3}, "Rescaling": {"scale": 1.0}, "BaseWrapper": {}, "Discretization": {"num_bins": 2}, "CategoryEncoding": {"num_tokens": 3},
           "TFSMLayer": None, "JaxLayer": None, "FlaxLayer": None, "TorchModuleWrapper": None, "Layer": None, "Wrapper": None,
           "SpectralNormalization": {"layer": lambda: k.Dense(2)}, "STFTSpectrogram": {}, "MelSpectrogram": {}}


def made(cls):
    special = SPECIAL.get(cls.__name__, ())
    if special is None:
        return None
    if special == ():
        needed = [p.name for p in inspect.signature(cls.__init__).parameters.values()
                  if p.name != "self" and p.default is p.empty and p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
        special = {name: ARGUMENTS[name] for name in needed}
        if cls.__name__ == "InputLayer":
            special = {"shape": (2,)}
    return cls(**{name: value() if callable(value) and name in ("layer", "cell", "cells", "layers") else value for name, value in special.items()})


table = {}
for name in sorted(set(dir(k))):
    cls = getattr(k, name)
    if not inspect.isclass(cls) or not issubclass(cls, k.Layer) or cls.__name__ in table:
        continue
    layer = made(cls)
    if layer is not None:
        adapters = {"lora_rank", "lora_alpha"} if hasattr(cls, "enable_lora") else set()
        table[cls.__name__] = sorted((set(layer.get_config()) | adapters) - EVERY_LAYER - INSIDE)
json.dump({"keras": keras.__version__, "layers": table}, sys.stdout, separators=(",", ":"), sort_keys=True)
print()
