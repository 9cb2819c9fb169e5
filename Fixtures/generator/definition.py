"""What a fixture is: a name, a described model, inputs to try it on, and the releases that write it."""

import collections

import numpy

Definition = collections.namedtuple(
    "Definition", "name describe inputs training stateful exact_kernels writers backend")


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
    """A list that definitions are added to with a decorator.

    `writers(dialect)` tells whether a release writes the fixture; `backend` asks for another Keras 3 backend than
    TensorFlow (whose CPU convolutions do not run channels first).
    """

    def __init__(self):
        self.all = []

    def add(self, name, describe, inputs, training=None, stateful=False, exact_kernels=False,
            writers=lambda k: True, backend=None):
        assert not any(other.name == name for other in self.all), name
        self.all.append(Definition(name, describe, inputs, training, stateful, exact_kernels, writers, backend))

    def model(self, inputs, name=None, **options):
        def decorate(function):
            self.add(name or function.__name__, function, inputs, **options)
            return function
        return decorate
