"""What a fixture is: a name, a described model, inputs to try it on, and the releases that write it."""

import collections

import numpy

import grids

Definition = collections.namedtuple(
    "Definition", "name describe inputs training stateful exact_kernels writers backend twin refused finish")


def normal(*shape):
    """A maker (of a dialect and a seed) of float32 inputs drawn from a normal distribution."""
    return lambda k, seed: numpy.random.RandomState(seed).normal(0, 1, shape).astype("float32")


def uniform(*shape):
    """A maker of float32 inputs between 0 and 1, as pixels are."""
    return lambda k, seed: numpy.random.RandomState(seed).uniform(0, 1, shape).astype("float32")


def given(array):
    return lambda k, seed: numpy.asarray(array)


def indices(below, *shape):
    return lambda k, seed: numpy.random.RandomState(seed).randint(0, below, shape).astype("int32")


class Definitions:
    """A list that definitions are added to with a decorator, or as rows of a table.

    `writers(dialect)` tells whether a release writes the fixture; `backend` asks for another Keras 3 backend than
    TensorFlow (whose CPU convolutions do not run channels first). `twin` describes the model that answers, where the model
    itself takes other hardware: it loads the file, as Keras does it. `refused` names the key for which nnconv has to refuse it.
    `finish(dialect, model)` is done to the model that is ready otherwise.
    """

    batches = (3,)
    releases_share_names = False

    def __init__(self):
        self.all = []

    def add(self, name, describe, inputs, training=None, stateful=False, exact_kernels=False,
            writers=lambda k: True, backend=None, twin=None, refused=None, finish=None):
        assert self.releases_share_names or not any(other.name == name for other in self.all), name
        self.all.append(
            Definition(name, describe, inputs, training, stateful, exact_kernels, writers, backend, twin, refused, finish))

    def model(self, inputs, name=None, **options):
        def decorate(function):
            self.add(name or function.__name__, function, inputs, **options)
            return function
        return decorate

    def rows(self, writers, table, backend=None):
        """Adds a Sequential for each row: (name, shape of one example, layers) or (..., layers, options).

        Inputs are a few examples drawn from a normal distribution unless the row brings its own.
        """
        from described import layers as k
        for name, shape, layers, *rest in table:
            options = dict(rest[0]) if rest else {}
            known_shape = tuple(5 if length is None else length for length in shape)
            batch = self.batches[len(self.all) % len(self.batches)]
            inputs = options.pop("inputs", None) or normal(batch, *known_shape)
            model = {"shape": shape}
            for key in ("batch", "dtype"):
                if key in options:
                    model[key] = options.pop(key)
            self.add(name, lambda _, layers=layers, model=model: k.Sequential(layers, **model), inputs,
                     writers=lambda dialect: dialect.writer in writers, backend=backend, **options)


class Family(Definitions):
    """Definitions that are recorded together in one file, `cases/<writer>/<name>.npz`, instead of a model file each.

    `matrix_only` holds the names of those that are too many to be kept: they are made for `make matrix` alone.
    `batches` are the numbers of examples that the models are tried on, in turn.
    """

    releases_share_names = True

    def __init__(self, name, batches=(2,)):
        Definitions.__init__(self)
        self.name = name
        self.batches = batches
        self.matrix_only = set()

    def grid(self, prefix, writers, axes, row, valid=lambda **values: True, backend=None, refused=None, keep=2):
        """Adds every combination of the options in `axes` (name -> values) that is `valid`.

        `row(**values)` gives shape, layers and perhaps options. Kept are as many as have every two values of two options
        together; with `keep=1` every value, with `keep=0` none. `refused(**values)` names the key for which a combination is
        refused, or None."""
        combinations = [values for values in grids.combinations(axes) if valid(**values)]
        kept = grids.covering(combinations, keep)
        for index, values in enumerate(combinations):
            name = " ".join([prefix] + ["%s=%s" % (key, grids.text(value)) for key, value in values.items()])
            shape, layers, *rest = row(**values)
            options = dict(rest[0]) if rest else {}
            key = refused(**values) if refused else None
            if key:
                options["refused"] = key
            self.rows(writers, [(name, shape, layers, options)], backend=backend)
            if index not in kept:
                self.matrix_only.add(name)
