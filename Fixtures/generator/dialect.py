"""The one place that knows how Keras releases differ in how a model is spelled.

The definitions describe layers (`k.Dense(8, activation="relu")`) without making them; `Dialect` makes them
with whichever Keras is installed, in the words of that release.
"""

import collections
import os
import sys

from described import Described, Layers


class Dialect(Layers):
    """`writer` is the name of a release as in `writers/`: keras-2.3.1, tfkeras-2.15, keras-3.15.1."""

    def __init__(self, writer, backend="tensorflow"):
        self.writer = writer
        self.is_theano = backend == "theano"
        # Whether what is written now is kept apart by backend (Keras 1).
        self.separates_backends = False
        family, _, version = writer.partition("-")
        self.is_tf_keras = family == "tfkeras"
        self.version = tuple(int(part) for part in version.split("."))
        if self.is_tf_keras:
            from tensorflow import keras
        else:
            import keras
        if self.is_theano:
            import theano.ifelse  # Keras 1.2 uses it without importing it
        self.keras = keras
        self.is_keras_3 = not self.is_tf_keras and self.version >= (3,)
        self.is_standalone_2 = not self.is_tf_keras and self.version < (3,)
        self.is_keras_1 = not self.is_tf_keras and self.version < (2,)

    def is_installed(self):
        """Whether the Keras that was imported is the one named by `writer`."""
        if self.is_tf_keras:
            import tensorflow
            installed = tensorflow.__version__
        else:
            installed = self.keras.__version__
        return tuple(int(part) for part in installed.split(".")[:len(self.version)]) == self.version

    # What a release has

    def has(self, kind):
        return hasattr(self.keras.layers, kind)

    def accepts(self, kind, option):
        """Whether the constructor of `kind` has the keyword `option`, asked of the class and not of a table."""
        import inspect
        constructor = getattr(self.keras.layers, kind).__init__
        # standalone Keras 2 wraps constructors in a decorator that keeps the original here
        constructor = getattr(constructor, "_original_function", constructor)
        return option in inspect.signature(constructor).parameters

    def activation_names(self):
        """Every string that names an activation function in this release."""
        import inspect
        if self.is_keras_3:
            from keras.src import activations
            names = set(activations.ALL_OBJECTS_DICT)
            return sorted(name for name in names if inspect.isfunction(activations.ALL_OBJECTS_DICT[name]))
        names = set(name for name, value in vars(self.keras.activations).items() if inspect.isfunction(value))
        names -= {"get", "serialize", "deserialize", "deserialize_keras_object"}
        if self.is_tf_keras and self.version >= (2, 15):
            names |= {"silu", "relu6", "leaky_relu", "log_softmax"}  # accepted, though not listed in the module
        return sorted(names)

    # How a layer is written down

    def made(self, value):
        """`value` with every described layer in it made."""
        if isinstance(value, (list, tuple)):
            return type(value)(self.made(item) for item in value)
        if not isinstance(value, Described):
            return value
        if value.kind == "Sequential":
            return self.sequential(*value.args, **value.options)
        options = {name: self.made(option) for name, option in value.options.items()}
        kind, options = self.in_this_release(value.kind, options)
        adapt_to = options.pop("adapt_to", None)
        layer = getattr(self.keras.layers, kind)(*self.made(list(value.args)), **options)
        if adapt_to is not None:
            layer.adapt(adapt_to)
        return layer

    def in_this_release(self, kind, options):
        if kind == "LeakyReLU" and not self.is_keras_3 and "negative_slope" in options:
            options["alpha"] = options.pop("negative_slope")
        if kind == "InputLayer" and self.is_keras_3:
            options["batch_shape"] = options.pop("batch_input_shape")
        return kind, options

    def sequential(self, layers, shape=None, batch=None, dtype=None, name=None):
        """A Sequential of described layers. `shape` is one example's; `None` in it is an unknown length.

        In Keras 2 the first layer carries the shape (`batch_input_shape`), as everybody wrote it then; in Keras 3
        an Input comes first. `shape` left out leaves the model to be built by its first input.
        """
        model = self.keras.models.Sequential(**({"name": name} if name else {}))
        if not self.is_keras_3 and not self.is_keras_1 and dtype in ("string", "int64", "float32"):
            model.add(self.keras.layers.InputLayer(input_shape=shape, batch_size=batch, dtype=dtype))
            shape = None
        if shape is not None and self.is_keras_3:
            model.add(self.keras.layers.Input(batch_shape=(batch,) + tuple(shape), dtype=dtype))
        for index, layer in enumerate(layers):
            if index == 0 and shape is not None and not self.is_keras_3:
                layer = self.with_input_shape(layer, (batch,) + tuple(shape))
            model.add(self.made(layer))
        return model

    def with_input_shape(self, layer, batch_shape):
        if layer.kind == "Sequential":
            options = dict(layer.options, shape=batch_shape[1:], batch=batch_shape[0])
        else:
            options = dict(layer.options, batch_input_shape=batch_shape)
        return Described(layer.kind, layer.args, options)

    # Functional models

    def input(self, *shape, **options):
        return self.keras.layers.Input(shape=shape, **options)

    def call(self, described, *tensors):
        """A new layer, called."""
        return self.made(described)(*tensors)

    def model(self, inputs, outputs):
        return self.keras.models.Model(inputs, outputs)

    def merge(self, tensors, mode):
        """What Keras 1 had instead of Add, Multiply, ..."""
        return self.keras.layers.merge(tensors, mode=mode)

    @property
    def functions(self):
        """What TensorFlow and keras.ops compute on tensors between layers, by the names of keras.ops; None in Keras 2 alone."""
        if self.is_keras_3:
            return self.keras.ops
        if not self.is_tf_keras:
            return None
        import tensorflow
        return collections.namedtuple("Functions", "relu concatenate reshape mean")(
            tensorflow.nn.relu, tensorflow.concat, tensorflow.reshape, tensorflow.reduce_mean)

    # Running

    def forget_names(self):
        """Layer names count from the beginning again, so a file does not depend on the models made before it."""
        if self.is_keras_1:
            import collections
            from keras.backend import common
            common._UID_PREFIXES = collections.defaultdict(int)
        if not self.is_theano:
            self.keras.backend.clear_session()
        if self.is_standalone_2 and not self.is_theano:
            # one thread: sums in one order, so that training ends the same every time
            import tensorflow
            settings = tensorflow.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
            # What is not run need not have a kernel here.
            settings.graph_options.place_pruned_graph = True
            self.keras.backend.set_session(tensorflow.Session(config=settings))

    def assign(self, variable, value):
        if self.is_standalone_2:
            self.keras.backend.set_value(variable, value)
        else:
            variable.assign(value)

    def value(self, variable):
        import numpy
        if self.is_keras_3:
            return self.keras.ops.convert_to_numpy(variable)
        return numpy.asarray(self.keras.backend.get_value(variable))

    def variable_name(self, variable):
        return getattr(variable, "path", None) or variable.name

    def predict(self, model, inputs):
        """`model.predict` on the whole batch at once, as NumPy arrays, one per output."""
        first = inputs[0] if isinstance(inputs, list) else inputs
        if first.dtype.kind in "OU":
            import tensorflow
            outputs = model(tensorflow.constant(inputs.tolist()))
            return [outputs.numpy()]
        outputs = model.predict(inputs, batch_size=len(first), verbose=0)
        return outputs if isinstance(outputs, list) else [outputs]

    def called(self, model, inputs):
        """What `predict` gives, without making a graph for it where Keras can do so: models of cases are asked only once."""
        if self.is_standalone_2 or isinstance(inputs, list) or inputs.dtype.kind in "OU":
            return self.predict(model, inputs)
        import numpy
        outputs = model(inputs, training=False)
        return [numpy.asarray(output) for output in (outputs if isinstance(outputs, (list, tuple)) else [outputs])]


def quiet():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    if not sys.warnoptions:
        import warnings
        warnings.simplefilter("ignore")
