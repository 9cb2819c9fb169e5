"""Layers that turn numbers, identifiers and texts into categories."""

import numpy

from definition import Family, given
from described import layers as k

NEW = ("keras-3.15.1",)
OLD = ("tfkeras-2.15",)
BOTH = NEW + OLD

CATEGORIES = Family("categories")
LOOKUPS = Family("lookups")
TEXTS = Family("texts")
FAMILIES = [CATEGORIES, LOOKUPS, TEXTS]

MODES = ("int", "one_hot", "multi_hot", "count")


def inputs(values, dtype=None):
    array = numpy.array(values, dtype=object if dtype == "string" else dtype)
    return {"inputs": given(array), "dtype": dtype}


def is_at_most_rank_2(shape, output_mode, **_):
    """tf.keras knows other outputs than whole numbers only for these."""
    return output_mode == "int" or len(shape) < 2


# Discretization: numbers on boundaries, beyond them, infinite ones.

NUMBERS = numpy.array([-1e30, 2.5, -1, 0.5, -0.5, 2, 0.1, 0.25, 0, 1, 0.75, -2.5, 3, 1e30, numpy.inf, -numpy.inf], "float32")
# The nearest single-precision numbers to 0.1 are on both sides of it.
EXACT = [[0.1, numpy.nextafter(numpy.float32(0.1), numpy.float32(1)), numpy.nextafter(numpy.float32(0.1), numpy.float32(0))]]
BOUNDARIES = {"few": [-0.5, 0.25, 2.0], "one": [2.2], "infinite": [-float("inf"), 0.0, float("inf")], "equal": [0.0, 0.5, 0.5, 1.0]}


def discretization(boundaries, shape, output_mode):
    values = numpy.resize(NUMBERS, (4,) + shape)
    return shape, [k.Discretization(bin_boundaries=BOUNDARIES[boundaries], output_mode=output_mode)], inputs(values, "float32")


GRID = {"boundaries": tuple(BOUNDARIES), "shape": ((4,), (1,), (2, 2), (2, 1)), "output_mode": MODES}
CATEGORIES.grid("discretization", NEW, GRID, discretization)
CATEGORIES.grid("discretization", OLD, GRID, discretization, lambda shape, output_mode, **_: is_at_most_rank_2(shape, output_mode)
                and (output_mode != "one_hot" or shape == (1,)))
CATEGORIES.rows(BOTH, [
    ("discretization near a boundary", (3,), [k.Discretization(bin_boundaries=[0.1, 16777217.0])], inputs(EXACT, "float32")),
    ("discretization dense", (3,), [k.Discretization(bin_boundaries=[0.0, 1.0]), k.Embedding(3, 4), k.Flatten(), k.Dense(2)],
     inputs([[-1, 0.5, 2], [0, 1, -3]], "float32")),
    ("discretization to numbers", (3,), [k.Discretization(bin_boundaries=[0.0, 1.0]), k.Dense(2)],
     inputs([[-1, 0.5, 2], [0, 1, -3]], "float32")),
])


# CategoryEncoding: categories that are not there, and more than once.

def category_encoding(num_tokens, shape, output_mode, dtype):
    values = numpy.resize(numpy.array([0, 3, 1, 1, 2, 0, 3, 3, 2, 1, 1], dtype), (3,) + shape) % num_tokens
    return shape, [k.CategoryEncoding(num_tokens, output_mode=output_mode)], inputs(values, dtype)


GRID = {"num_tokens": (4, 5, 9), "shape": ((3,), (1,), (2, 3), (4, 1)), "output_mode": MODES[1:], "dtype": ("int32", "float32")}
CATEGORIES.grid("category_encoding", NEW, GRID, category_encoding)
CATEGORIES.grid("category_encoding", OLD, dict(GRID, dtype=("int32",)), category_encoding,
                lambda shape, output_mode, **_: is_at_most_rank_2(shape, output_mode) and (output_mode != "one_hot" or shape == (1,)))
CATEGORIES.rows(NEW, [
    ("category_encoding beyond one_hot", (4,), [k.CategoryEncoding(3, output_mode="one_hot")], inputs([[0, 3, -1, 2]], "int32")),
    ("category_encoding beyond count", (4,), [k.CategoryEncoding(3, output_mode="count")], inputs([[0, 3, 7, 2]], "int32")),
    ("category_encoding fractions", (4,), [k.CategoryEncoding(3, output_mode="count")], inputs([[0.9, 1.5, 1.01, 2.99]], "float32")),
    ("category_encoding dense", (4,), [k.CategoryEncoding(5, output_mode="count"), k.Dense(3)], inputs([[0, 3, 4, 4], [1, 1, 1, 2]], "int32")),
])


# Hashing: identifiers of 64 bits, texts of all the lengths that the hash treats differently.

IDENTIFIERS = numpy.array([0, 1, -1, 7, 10, 123456789, 2 ** 31, -2 ** 31 - 5, 2 ** 40 + 3, 2 ** 62 + 1, -2 ** 63, 2 ** 63 - 1], "int64")
WORDS = ["", "a", "ab", "abc", "Köln", "hello", "seven77", "eight888", "nine99999", "x" * 15, "y" * 16, "z" * 17, "ß" * 12, "l" * 32,
         "m" * 33, "né" * 21, "o" * 64, "p" * 65, "q r" * 43, "日本語" * 30, "u" * 128, "v" * 129, "w" * 300, "7"]


def hashing_integers(num_bins, salt, mask_value, output_mode):
    return (3,), [k.Hashing(num_bins, salt=salt, mask_value=mask_value, output_mode=output_mode)], inputs(
        IDENTIFIERS.reshape(4, 3), "int64")


def hashing_texts(num_bins, salt, mask_value, output_mode):
    values = numpy.array(WORDS, dtype=object).reshape(8, 3)
    return (3,), [k.Hashing(num_bins, salt=salt, mask_value=mask_value, output_mode=output_mode)], inputs(values, "string")


SALTS = (None, 1337, (133, -7))
# tf.keras fails on a one_hot of more than one element.
LOOKUPS.grid("hashing", NEW, {"num_bins": (3, 7, 1000003), "salt": SALTS, "mask_value": (None, 7), "output_mode": MODES}, hashing_integers,
             lambda num_bins, output_mode, **_: output_mode == "int" or num_bins < 100)
LOOKUPS.grid("hashing texts", NEW, {"num_bins": (5, 7, 1000003), "salt": SALTS, "mask_value": (None, "abc"), "output_mode": MODES},
             hashing_texts, lambda num_bins, output_mode, **_: output_mode == "int" or num_bins < 100)
LOOKUPS.grid("hashing texts", OLD, {"num_bins": (7, 1000003), "salt": SALTS, "mask_value": (None, "abc"), "output_mode": ("int", "count")},
             hashing_texts, lambda num_bins, output_mode, **_: output_mode == "int" or num_bins < 100)
LOOKUPS.rows(NEW, [
    ("hashing numbers", (3,), [k.Hashing(1000, mask_value=2)], inputs([[1.5, 2.0, 2.5], [-3.7, 1e6, 0.0]], "float32")),
    ("hashing one bin with mask", (3,), [k.Hashing(1, mask_value=2), k.Dense(2)], inputs([[1, 2, 3]], "int64")),
    ("hashing one_hot of one", (1,), [k.Hashing(5, output_mode="one_hot")], inputs([[1], [2], [12]], "int64")),
    ("hashing embedding", (2,), [k.Hashing(9), k.Embedding(9, 3), k.Flatten(), k.Dense(2)], inputs([["a", "b"], ["ccc", ""]], "string")),
])


# IntegerLookup

def integer_lookup(mask_token, num_oov_indices, output_mode, special):
    tokens = [42, -7, 2 ** 40 + 1, 0, 3]
    mask = [mask_token] if mask_token is not None and output_mode == "int" else []
    vocabulary = mask + [-1] * num_oov_indices + tokens if special else tokens
    options = {"idf_weights": [0.25 + 0.5 * i for i in range(len(vocabulary))]} if output_mode == "tf_idf" else {}
    values = [[42, -7, 2 ** 40 + 1, 0], [3, 3, 42, 42]]
    if num_oov_indices:
        values += [[5, 6, -5, 2 ** 40], [99, 42, 9, 2 ** 62], [-1, 1, 3, 100]]
    layer = k.IntegerLookup(vocabulary=vocabulary, mask_token=mask_token, num_oov_indices=num_oov_indices, output_mode=output_mode, **options)
    return (4,), [layer], inputs(values, "int64")


LOOKUP_MODES = MODES + ("tf_idf",)
GRID = {"mask_token": (None, 9), "num_oov_indices": (0, 1, 2, 3), "output_mode": LOOKUP_MODES, "special": (False, True)}


def is_possible(mask_token, num_oov_indices, output_mode, special):
    # Without places for them, special tokens cannot stand before the others; tf.keras knows one_hot of one element only.
    return not special or num_oov_indices > 0 or (mask_token is not None and output_mode == "int")


LOOKUPS.grid("integer_lookup", NEW, GRID, integer_lookup, is_possible)
LOOKUPS.grid("integer_lookup", OLD, GRID, integer_lookup, lambda output_mode, **values: output_mode != "one_hot"
             and is_possible(output_mode=output_mode, **values))


def integer_lookup_hashed(num_oov_indices, salt):
    layer = k.IntegerLookup(vocabulary=[5, 7], num_oov_indices=num_oov_indices, oov_method="farmhash", salt=salt)
    return (4,), [layer], inputs(numpy.concatenate([IDENTIFIERS, [5, 7, 8, 9]]).reshape(4, 4), "int64")


LOOKUPS.grid("integer_lookup hashed", NEW, {"num_oov_indices": (1, 2, 50), "salt": SALTS}, integer_lookup_hashed)


def inverse(kind, num_oov_indices, mask, special):
    tokens = [42, -7, 2 ** 40 + 1] if kind == "IntegerLookup" else ["a", "", "Köln"]
    mask_token = (0 if kind == "IntegerLookup" else "[MASK]") if mask else None
    unknown = -1 if kind == "IntegerLookup" else "[UNK]"
    vocabulary = ([mask_token] if mask else []) + [unknown] * num_oov_indices + tokens if special else tokens
    layer = getattr(k, kind)(vocabulary=vocabulary, num_oov_indices=num_oov_indices, mask_token=mask_token, invert=True)
    return (3,), [layer], inputs([[0, 1, 2], [3, 4, 5], [6, -1, 100]], "int64")


GRID = {"kind": ("IntegerLookup", "StringLookup"), "num_oov_indices": (0, 1, 2), "mask": (False, True), "special": (False, True)}
LOOKUPS.grid("inverse", BOTH, GRID, inverse, lambda num_oov_indices, mask, special, **_: not special or num_oov_indices or mask)


# StringLookup

def string_lookup(mask_token, num_oov_indices, output_mode, special, pad):
    tokens = ["b", "a", "Köln", "日本", "zebra zoo"]
    mask = [mask_token] if mask_token is not None and output_mode == "int" else []
    vocabulary = mask + ["[UNK]"] * num_oov_indices + tokens if special else tokens
    options = {"idf_weights": [0.25 + 0.5 * i for i in range(len(vocabulary))]} if output_mode == "tf_idf" else {}
    if pad:
        options.update(max_tokens=12, pad_to_max_tokens=True)
    values = [["a", "b", "Köln"], ["日本", "zebra zoo", "a"]]
    if num_oov_indices:
        values += [["A", "köln", "[UNK]"], ["", "zebra", "a"], ["B" * 80, "a", "日"]]
    layer = k.StringLookup(vocabulary=vocabulary, mask_token=mask_token, num_oov_indices=num_oov_indices, output_mode=output_mode, **options)
    return (3,), [layer], inputs(values, "string")


GRID = {"mask_token": (None, ""), "num_oov_indices": (0, 1, 3), "output_mode": LOOKUP_MODES, "special": (False, True), "pad": (False, True)}
LOOKUPS.grid("string_lookup", NEW, GRID, string_lookup, lambda pad, **values: is_possible(**values))
LOOKUPS.grid("string_lookup", OLD, GRID, string_lookup, lambda pad, output_mode, **values: output_mode != "one_hot"
             and is_possible(output_mode=output_mode, **values))
LOOKUPS.rows(NEW, [
    ("string_lookup salt", (4,), [k.StringLookup(vocabulary=["a"], num_oov_indices=40, salt=[5, 9])],
     inputs(numpy.array(WORDS, dtype=object).reshape(6, 4), "string")),
    ("string_lookup one_hot of one", (1,), [k.StringLookup(vocabulary=["a", "b"], output_mode="one_hot")], inputs([["a"], ["c"]], "string")),
    ("string_lookup one text", (), [k.StringLookup(vocabulary=["a", "b"], output_mode="one_hot")], inputs(["a", "c", "b"], "string")),
    ("string_lookup embedding", (3,), [k.StringLookup(vocabulary=["a", "b"], mask_token=""), k.Embedding(4, 3, mask_zero=True), k.LSTM(2)],
     inputs([["a", "b", ""], ["c", "", ""]], "string")),
    ("string_lookup dense", (3,), [k.StringLookup(vocabulary=["a", "b"], output_mode="count"), k.Dense(2)],
     inputs([["a", "b", "a"], ["c", "", "c"]], "string")),
    ("string_lookup there and back", (3,),
     [k.StringLookup(vocabulary=["a", "b"]), k.StringLookup(vocabulary=["a", "b"], invert=True)], inputs([["a", "b", "c"]], "string")),
])


# TextVectorization: punctuation, white space of ASCII and of Unicode, letters beyond ASCII, empty texts.

SENTENCES = [
    "The quick, brown fox!", "  the\tquick\n\nfox  ", "", "don't-stop_now (ever) [again] {so} `it` ~goes~ \\on|", "ÄÖÜ Straße ÉCOLE école",
    "non\u00a0breaking\u3000ideographic", "fox fox THE fox", "日本語 テスト 😀", "...", "a b c d e f g h i j k", "I\u0307stanbul İstanbul",
    "the", "x\x0by\x0cz\rq", "quick brown",
]
VOCABULARY = ["the", "fox", "quick", "brown", "the quick", "dont", "école", "É", "o", "quick brown fox", "École", "日", "😀", "t h", "nonbreaking"]


def text_vectorization(standardize, split, ngrams, output_mode, length):
    options = {"output_sequence_length": length} if output_mode == "int" else {}
    if output_mode == "tf_idf":
        options["idf_weights"] = [0.25 + 0.125 * i for i in range(len(VOCABULARY))]
    layer = k.TextVectorization(standardize=standardize, split=split, ngrams=ngrams, output_mode=output_mode, vocabulary=VOCABULARY, **options)
    return (1,), [layer], inputs([[text] for text in SENTENCES], "string")


STANDARDIZE = ("lower_and_strip_punctuation", "lower", "strip_punctuation", None)
GRID = {"standardize": STANDARDIZE, "split": ("whitespace", "character"), "ngrams": (None, 1, 3, (2,), (3, 1)),
        "output_mode": ("int", "multi_hot", "count", "tf_idf"), "length": (4, 9)}
TEXTS.grid("text_vectorization", BOTH, GRID, text_vectorization, lambda output_mode, length, **_: output_mode == "int" or length == 4)


def elements(standardize, ngrams, output_mode, length):
    options = {"output_sequence_length": length} if output_mode == "int" else {}
    layer = k.TextVectorization(standardize=standardize, split=None, ngrams=ngrams, output_mode=output_mode, vocabulary=VOCABULARY, **options)
    return (4,), [layer], inputs(numpy.array(SENTENCES[:12], dtype=object).reshape(3, 4), "string")


TEXTS.grid("text_vectorization of elements", BOTH, {"standardize": STANDARDIZE, "ngrams": (None, 2), "output_mode": ("int", "multi_hot", "count"),
           "length": (None, 3, 6)}, elements, lambda output_mode, length, **_: output_mode == "int" or length is None)
TEXTS.rows(NEW, [
    ("text_vectorization one text", (), [k.TextVectorization(vocabulary=VOCABULARY, output_sequence_length=5)], inputs(SENTENCES, "string")),
    ("text_vectorization padded", (1,), [k.TextVectorization(vocabulary=VOCABULARY, max_tokens=20, pad_to_max_tokens=True, output_mode="count")],
     inputs([[text] for text in SENTENCES], "string")),
    ("text_vectorization vocabulary with special tokens", (1,),
     [k.TextVectorization(vocabulary=["", "[UNK]"] + VOCABULARY, output_sequence_length=5)], inputs([[text] for text in SENTENCES], "string")),
    ("text_vectorization classifier", (1,), [
        k.TextVectorization(vocabulary=VOCABULARY, output_sequence_length=6), k.Embedding(17, 4, mask_zero=True), k.LSTM(3), k.Dense(1),
    ], inputs([[text] for text in SENTENCES], "string")),
    ("text_vectorization bag of words", (1,), [k.TextVectorization(vocabulary=VOCABULARY, output_mode="multi_hot"), k.Dense(3)],
     inputs([[text] for text in SENTENCES], "string")),
])
