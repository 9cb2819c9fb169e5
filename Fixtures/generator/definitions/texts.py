"""Models whose first layer has learned a vocabulary, which Keras keeps in a file of the archive."""

import numpy

from definition import Definitions, given
from described import layers as k

DEFINITIONS = Definitions()
NEW = ("keras-3.4.1", "keras-3.10.0", "keras-3.15.1")

REVIEWS = numpy.array([
    "A fine film, and a fine cast.", "Dull; very dull.", "The cast is fine -- the film is not.", "Ein schöner Film!", "not dull, not fine",
])
WORDS = numpy.array([["red", "green", "red"], ["blue", "red", "Köln"], ["Köln", "blue", "red"]])
NUMBERS = numpy.array([[7, 2 ** 40 + 1], [7, -5], [-5, 2 ** 40], [7, 3]], "int64")


def texts(values):
    return {"inputs": given(numpy.array(values, dtype=object)), "dtype": "string"}


DEFINITIONS.rows(NEW, [
    ("sentiment", (1,), [
        k.TextVectorization(max_tokens=12, output_sequence_length=5, adapt_to=REVIEWS), k.Embedding(12, 4, mask_zero=True),
        k.GlobalAveragePooling1D(), k.Dense(3, activation="tanh"), k.Dense(1, activation="sigmoid"),
    ], texts([["A FINE film"], ["dull, unseen words"], ["fine"], ["Ein schöner, schöner Film und mehr als fünf Wörter"]])),
    ("tags", (3,), [k.StringLookup(output_mode="tf_idf", num_oov_indices=2, adapt_to=WORDS), k.Dense(2)],
     texts([["red", "blue", "red"], ["green", "mauve", "Köln"]])),
    ("identifiers", (2,), [k.IntegerLookup(adapt_to=NUMBERS), k.Embedding(6, 3), k.Flatten(), k.Dense(2)],
     {"inputs": given(numpy.array([[2 ** 40 + 1, 7], [-5, 99], [7, 7]], "int64")), "dtype": "int64"}),
])
