"""Recurrent layers: masks, directions, states, cells, wrappers, convolutions."""

import numpy

from definition import Family
from definitions.convolution import NEW, OLD, STANDALONE, is_valid, numbers, shape
from definitions.core import with_gaps
from described import layers as k

FAMILY = Family("recurrent", batches=(1, 3))
FLAGS = (False, True)
KINDS = ("SimpleRNN", "LSTM", "GRU", "GRU before")


def layer(kind, units=3, **options):
    if kind == "GRU before":
        return k.GRU(units, reset_after=False, **options)
    if kind == "GRU":
        return k.GRU(units, reset_after=True, **options)
    return getattr(k, kind)(units, **options)


def masked(layers, is_masked):
    return (5, 3), ([k.Masking()] if is_masked else []) + layers, (with_gaps(0) if is_masked else {})


def plain(kind, sequences, backwards, mask, unroll, bias):
    return masked([layer(kind, return_sequences=sequences, go_backwards=backwards, unroll=unroll, use_bias=bias)], mask)


BASIC = {"kind": KINDS, "sequences": FLAGS, "backwards": FLAGS, "mask": FLAGS, "unroll": FLAGS, "bias": (True, False)}
FAMILY.grid("rnn", NEW, BASIC, plain, keep=1)
FAMILY.grid("rnn of keras 2", OLD, dict(BASIC, unroll=(False,)), plain, keep=1)


def implemented(kind, sequences, backwards, mask, implementation):
    return masked([layer(kind, return_sequences=sequences, go_backwards=backwards, implementation=implementation)], mask)


FAMILY.grid("rnn of keras 2 alone", STANDALONE, {"kind": ("LSTM", "GRU", "GRU before"), "sequences": FLAGS, "backwards": FLAGS, "mask": FLAGS, "implementation": (1, 2)},
            implemented, keep=1)
FAMILY.grid("simple_rnn of keras 2 alone", STANDALONE, {"sequences": FLAGS, "backwards": FLAGS, "mask": FLAGS},
            lambda sequences, backwards, mask: masked([k.SimpleRNN(3, return_sequences=sequences, go_backwards=backwards)], mask), keep=1)


def zero(kind, sequences, backwards, unroll):
    return masked([layer(kind, return_sequences=sequences, go_backwards=backwards, unroll=unroll, zero_output_for_mask=True)], True)


def depends_on_backend(sequences=True, backwards=True, unroll=True, **_):
    return "unroll" if sequences and backwards and unroll else None


ZERO = {"kind": KINDS, "sequences": FLAGS, "backwards": FLAGS, "unroll": FLAGS}
FAMILY.grid("rnn zero_output_for_mask", NEW, ZERO, zero, refused=depends_on_backend, keep=1)
# tf.keras fails on the last output of unrolled steps.
FAMILY.grid("rnn zero_output_for_mask", OLD, ZERO, zero, lambda sequences, unroll, **_: sequences or not unroll, refused=depends_on_backend, keep=1)


def stateful(kind, sequences, backwards, mask):
    shape, layers, options = masked([layer(kind, return_sequences=sequences, go_backwards=backwards, stateful=True)], mask)
    return shape, layers, dict(options, batch=4 if mask else 3, stateful=True, **({} if mask else {"inputs": fixed}))


def fixed(_, seed):
    return numpy.random.RandomState(seed).normal(0, 1, (3, 5, 3)).astype("float32")


STATE = {"kind": KINDS, "sequences": FLAGS, "backwards": FLAGS, "mask": FLAGS}
FAMILY.grid("rnn stateful", NEW, STATE, stateful, keep=1)
FAMILY.grid("rnn stateful of keras 2", OLD, dict(STATE, mask=(False,)), stateful, keep=1)


def both(kind, merge, sequences, mask):
    return masked([k.Bidirectional(layer(kind, return_sequences=sequences), merge_mode=merge)], mask)


BOTH = {"kind": KINDS, "merge": ("concat", "sum", "mul", "ave"), "sequences": FLAGS, "mask": FLAGS}
FAMILY.grid("bidirectional", NEW + OLD, BOTH, both, keep=1)
FAMILY.grid("bidirectional", STANDALONE, dict(BOTH, kind=("SimpleRNN", "LSTM", "GRU before")), both, keep=1)


def both_unrolled(kind, sequences, mask):
    return masked([k.Bidirectional(layer(kind, return_sequences=sequences, unroll=True))], mask)


FAMILY.grid("bidirectional unrolled", NEW + OLD, {"kind": ("LSTM", "GRU"), "sequences": FLAGS, "mask": FLAGS}, both_unrolled,
            refused=lambda kind, sequences, mask: depends_on_backend(sequences=sequences) if mask else None, keep=1)


def different(kind, other, merge, sequences, mask):
    inner = layer(kind, return_sequences=sequences)
    return masked([k.Bidirectional(inner, merge_mode=merge, backward_layer=layer(
        other, units=3 if merge != "concat" else 2, return_sequences=sequences, go_backwards=True))], mask)


FAMILY.grid("bidirectional of two", NEW + OLD, {"kind": ("LSTM", "GRU"), "other": ("SimpleRNN", "GRU"), "merge": ("concat", "sum"), "sequences": FLAGS, "mask": FLAGS},
            different, keep=1)
FAMILY.rows(NEW, [
    ("bidirectional stateful", (5, 3), [k.Bidirectional(k.LSTM(3, stateful=True, return_sequences=True))], {"batch": 3, "stateful": True, "inputs": fixed}),
    ("bidirectional then lstm", (5, 3), [k.Masking(), k.Bidirectional(k.LSTM(3, return_sequences=True)), k.LSTM(2)], with_gaps(0)),
    ("lstm backwards then lstm", (5, 3), [k.Masking(), k.LSTM(3, return_sequences=True, go_backwards=True), k.GRU(2, return_sequences=True)], with_gaps(0)),
    ("lstm one step", (1, 3), [k.LSTM(3)]), ("gru many steps", (40, 3), [k.GRU(3, return_sequences=True, go_backwards=True)]),
    ("lstm many units", (5, 3), [k.LSTM(33, return_sequences=True), k.GRU(40)]),
    ("lstm open steps", (None, 3), [k.LSTM(3), k.Dense(2)]),
])

# Cells.

CELLS = {
    "SimpleRNN": lambda units: k.SimpleRNNCell(units), "LSTM": lambda units: k.LSTMCell(units), "GRU": lambda units: k.GRUCell(units, reset_after=True),
    "GRU before": lambda units: k.GRUCell(units, reset_after=False),
    "LSTM plain": lambda units: k.LSTMCell(units, use_bias=False, activation="relu", recurrent_activation="hard_sigmoid"),
}
STACKS = tuple((name,) for name in CELLS) + (("LSTM", "GRU"), ("GRU before", "SimpleRNN", "LSTM"), ("SimpleRNN", "LSTM plain"))


def cells(stack, sequences, backwards, mask):
    made = [CELLS[name](units) for name, units in zip(stack, (3, 4, 2))]
    return masked([k.RNN(made[0] if len(made) == 1 else k.StackedRNNCells(made), return_sequences=sequences, go_backwards=backwards)], mask)


CELL = {"stack": STACKS, "sequences": FLAGS, "backwards": FLAGS, "mask": FLAGS}
FAMILY.grid("rnn of cells", NEW + OLD, CELL, cells, keep=1)
FAMILY.grid("rnn of cells", STANDALONE, dict(CELL, stack=(("LSTM",), ("GRU before",), ("LSTM", "GRU before"))), cells, keep=1)
FAMILY.rows(NEW, [
    ("rnn of a list of cells", (5, 3), [k.RNN([k.LSTMCell(3), k.LSTMCell(2)])]),
    ("rnn of cells zero_output_for_mask", (5, 3), [k.Masking(), k.RNN([k.LSTMCell(3), k.GRUCell(2)], return_sequences=True, zero_output_for_mask=True)], with_gaps(0)),
    ("rnn of a cell stateful", (5, 3), [k.RNN(k.LSTMCell(3), stateful=True)], {"batch": 3, "stateful": True, "inputs": fixed}),
    ("rnn of cells unroll", (5, 3), [k.RNN(k.LSTMCell(3), unroll=True, return_sequences=True)]),
    ("bidirectional of cells", (5, 3), [k.Bidirectional(k.RNN(k.GRUCell(3), return_sequences=True))]),
    ("bidirectional of stacked cells", (5, 3), [k.Masking(), k.Bidirectional(k.RNN([k.GRUCell(3), k.LSTMCell(2)]), merge_mode="sum")], with_gaps(0)),
])

# Convolutions.


def convolutional(size, kernel, strides, padding, dilation, sequences, backwards, data_format="channels_last", bias=True):
    options = {"data_format": data_format} if data_format != "channels_last" else {}
    kind = "ConvLSTM%dD" % len(numbers(size))
    return (3,) + shape(size, 2, data_format), [getattr(k, kind)(
        3, kernel, strides=strides, padding=padding, dilation_rate=dilation, return_sequences=sequences, go_backwards=backwards, use_bias=bias, **options)]


LINES = {"size": (6,), "kernel": (1, 2, 3), "strides": (1, 2), "padding": ("valid", "same"), "dilation": (1, 2), "sequences": FLAGS, "backwards": FLAGS,
         "bias": (True, False)}
PLANES = {"size": ((4, 5),), "kernel": ((2, 3), (3, 1)), "strides": ((1, 1), (2, 2)), "padding": ("valid", "same"), "dilation": ((1, 1),),
          "sequences": FLAGS, "backwards": FLAGS}
FAMILY.grid("conv_lstm1d", NEW, LINES, convolutional, is_valid, keep=1)
FAMILY.grid("conv_lstm2d", NEW + OLD + STANDALONE, PLANES, convolutional, is_valid, keep=1)
FAMILY.grid("conv_lstm1d of keras 2", OLD, dict(LINES, bias=(True,), kernel=(2, 3)), convolutional, is_valid, keep=1)
FAMILY.grid("conv_lstm3d", NEW, {"size": ((3, 4, 2),), "kernel": ((2, 1, 2),), "strides": ((1, 1, 1), (2, 1, 1)), "padding": ("valid", "same"),
                                 "dilation": ((1, 1, 1),), "sequences": FLAGS, "backwards": FLAGS}, convolutional, is_valid, keep=1)
FAMILY.grid("conv_lstm1d channels_first", NEW, dict(LINES, kernel=(2,), backwards=(False,), bias=(True,), data_format=("channels_first",)), convolutional,
            is_valid, backend="jax", keep=1)
FAMILY.grid("conv_lstm2d channels_first", NEW, dict(PLANES, kernel=((2, 3),), backwards=(False,), data_format=("channels_first",)), convolutional,
            is_valid, backend="jax", keep=1)
FAMILY.rows(NEW, [
    ("conv_lstm2d stateful", (3, 4, 4, 2), [k.ConvLSTM2D(2, 2, padding="same", stateful=True, return_sequences=True)],
     {"batch": 2, "stateful": True, "inputs": lambda _, seed: numpy.random.RandomState(seed).normal(0, 1, (2, 3, 4, 4, 2)).astype("float32")}),
    ("conv_lstm2d functions", (3, 4, 4, 2), [k.ConvLSTM2D(2, 2, activation="relu", recurrent_activation="hard_sigmoid")]),
    ("bidirectional conv_lstm2d", (3, 4, 4, 2), [k.Bidirectional(k.ConvLSTM2D(2, 2, return_sequences=True))]),
    ("conv_lstm2d stacked", (3, 5, 4, 2), [k.ConvLSTM2D(3, 2, return_sequences=True), k.BatchNormalization(), k.ConvLSTM2D(2, 2), k.Flatten(), k.Dense(2)]),
])

# NVIDIA's, whose files Keras loads into layers that any hardware runs.


def cudnn(kind, sequences, backwards, twin=False):
    options = {"return_sequences": sequences, "go_backwards": backwards}
    if not twin:
        return getattr(k, "CuDNN" + kind)(4, **options)
    return layer(kind, 4, recurrent_activation="sigmoid", **options)


FAMILY.grid("cudnn", STANDALONE, {"kind": ("LSTM", "GRU"), "sequences": FLAGS, "backwards": FLAGS}, lambda kind, sequences, backwards: (
    (5, 3), [cudnn(kind, sequences, backwards)],
    {"twin": lambda _: k.Sequential([cudnn(kind, sequences, backwards, twin=True)], shape=(5, 3))}))
