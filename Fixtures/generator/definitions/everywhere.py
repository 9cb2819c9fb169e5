"""The models that every release writes."""

import numpy

from definition import Definitions, given, normal, uniform

DEFINITIONS = Definitions()
model = DEFINITIONS.model


# The course's networks

@model(normal(3, 4))
def mlp_4_8_3(k):
    return k.Sequential([k.Dense(8, activation="relu"), k.Dense(3, activation="softmax")], shape=(4,))


def roasts(random):
    """Temperature and minutes of 200 roasts, and whether the coffee was good."""
    beans = numpy.stack([random.uniform(150, 285, 200), random.uniform(11.5, 15.5, 200)], axis=1)
    line = -3 / (260 - 175) * beans[:, 0] + 21
    good = (beans[:, 0] > 175) & (beans[:, 0] < 260) & (beans[:, 1] > 12) & (beans[:, 1] < 15) & (beans[:, 1] <= line)
    return beans.astype("float32"), good.astype("float32")[:, None]


def scaled_roasts(random):
    beans, good = roasts(random)
    return ((beans - beans.mean(axis=0)) / beans.std(axis=0)).astype("float32"), good


def binary_training(samples):
    def training(k):
        inputs, targets = samples(numpy.random.RandomState(1))
        return inputs, targets, {"loss": "binary_crossentropy", "optimizer": "adam"}, {"epochs": 3, "batch_size": 32}
    return training


@model(normal(3, 2), training=binary_training(scaled_roasts))
def coffee(k):
    return k.Sequential([k.Dense(3, activation="sigmoid"), k.Dense(1, activation="sigmoid")], shape=(2,))


@model(given(numpy.array([[200, 13.9], [200, 17], [250, 12.5]], "float32")), training=binary_training(roasts),
       writers=lambda k: k.has("Normalization"))
def coffee_normalization(k):
    beans, _ = roasts(numpy.random.RandomState(1))
    return k.Sequential([
        k.Normalization(axis=-1, adapt_to=beans),
        k.Dense(3, activation="sigmoid"),
        k.Dense(1, activation="sigmoid"),
    ], shape=(2,))


def pixels(k):
    """The course's digits have 20 x 20 pixels; the releases that only have to show their dialect take 8 x 8."""
    return 400 if k.writer in ("keras-2.3.1", "tfkeras-2.15", "keras-3.15.1") else 64


def digits(k, seed):
    return uniform(3, pixels(k))(k, seed)


@model(digits)
def digits_binary(k):
    return k.Sequential([
        k.Dense(25, activation="sigmoid"),
        k.Dense(15, activation="sigmoid"),
        k.Dense(1, activation="sigmoid"),
    ], shape=(pixels(k),))


@model(digits)
def digits_softmax(k):
    return k.Sequential([
        k.Dense(25, activation="relu"),
        k.Dense(15, activation="relu"),
        k.Dense(10, activation="softmax"),
    ], shape=(pixels(k),))


@model(digits)
def digits_logits(k):
    return k.Sequential([
        k.Dense(25, activation="relu", name="L1"),
        k.Dense(15, activation="relu", name="L2"),
        k.Dense(10, activation="linear", name="L3"),
    ], shape=(pixels(k),))


def labels_training(k):
    random = numpy.random.RandomState(2)
    inputs = random.normal(0, 1, (60, 6)).astype("float32")
    targets = (inputs[:, 0:3] + inputs[:, 3:6] > 0).astype("float32")
    compile_options = {"loss": "binary_crossentropy", "optimizer": "rmsprop", "metrics": ["accuracy"]}
    return inputs, targets, compile_options, {"epochs": 2, "batch_size": 20}


@model(normal(3, 6), training=labels_training)
def multilabel(k):
    return k.Sequential([k.Dense(8, activation="relu"), k.Dense(3, activation="sigmoid")], shape=(6,))


# Convolution

@model(normal(3, 200, 1))
def ecg_conv1d(k):
    return k.Sequential([
        k.Conv1D(8, 7, activation="relu", padding="same"),
        k.MaxPooling1D(2),
        k.Conv1D(8, 5, strides=2, activation="relu"),
        k.AveragePooling1D(2),
        k.Conv1D(12, 3, padding="causal", dilation_rate=2, activation="tanh"),
        k.GlobalAveragePooling1D(),
        k.Dropout(0.3),
        k.Dense(5, activation="softmax"),
    ], shape=(200, 1))


@model(uniform(2, 28, 28, 1))
def cnn_2d(k):
    return k.Sequential([
        k.Conv2D(8, (3, 3), activation="relu"),
        k.MaxPooling2D((2, 2)),
        k.Conv2D(12, (3, 3), padding="same"),
        k.Activation("relu"),
        k.AveragePooling2D((2, 2)),
        k.Dropout(0.25),
        k.Flatten(),
        k.Dense(12, activation="relu"),
        k.Dense(10, activation="softmax"),
    ], shape=(28, 28, 1))


@model(normal(3, 7, 6, 2))
def pads_crops(k):
    return k.Sequential([
        k.ZeroPadding2D(((1, 2), (3, 0))),
        k.Conv2D(3, (2, 3), strides=(2, 1), padding="same"),
        k.Cropping2D(((0, 1), (2, 1))),
        k.Permute((2, 1, 3)),
        k.Flatten(),
        k.Dense(4),
    ], shape=(7, 6, 2))


@model(normal(3, 9, 2))
def pads_crops_1d(k):
    return k.Sequential([
        k.ZeroPadding1D((2, 1)),
        k.Conv1D(4, 3, dilation_rate=2),
        k.Cropping1D((1, 2)),
        k.Reshape((2, -1)),
        k.GlobalMaxPooling1D(),
        k.RepeatVector(2),
    ], shape=(9, 2))


@model(normal(3, 6, 6, 2))
def batchnorm(k):
    return k.Sequential([
        k.Conv2D(4, 3, use_bias=False),
        k.BatchNormalization(),
        k.Activation("relu"),
        k.Conv2D(3, 3),
        k.BatchNormalization(trainable=False, epsilon=0.01),
        k.Flatten(),
        k.Dense(5),
        k.BatchNormalization(scale=False),
        k.Activation("tanh"),
        k.Dense(4),
        k.BatchNormalization(center=False),
    ], shape=(6, 6, 2))


# Models in models

@model(normal(3, 5))
def trainable_false(k):
    return k.Sequential([
        k.Dense(6, activation="relu", trainable=False),
        k.Sequential([k.Dense(5, activation="tanh", trainable=False), k.BatchNormalization()], shape=(6,)),
        k.BatchNormalization(trainable=False),
        k.Dense(3),
    ], shape=(5,))


@model(normal(3, 5))
def nested(k):
    return k.Sequential([
        k.Sequential([
            k.Dense(6, activation="relu"),
            k.BatchNormalization(),
            k.Dense(4, activation="tanh"),
        ], shape=(5,), name="encoder"),
        k.Sequential([
            k.Sequential([k.Dense(7, activation="relu"), k.BatchNormalization()], shape=(4,), name="inner"),
            k.Dense(5),
        ], shape=(4,), name="outer"),
        k.Dense(2),
    ], shape=(5,))


# Recurrence

WORDS = numpy.array([
    [3, 7, 1, 12, 0, 0, 0, 0],
    [5, 0, 9, 2, 0, 4, 19, 0],
    [1, 2, 3, 4, 5, 6, 7, 8],
    [0, 0, 0, 11, 13, 17, 1, 6],
], "int32")


@model(given(WORDS))
def lstm_text(k):
    return k.Sequential([
        k.Embedding(20, 6, mask_zero=True),
        k.LSTM(5),
        k.Dense(3, activation="softmax"),
    ], shape=(8,), dtype="int32")


@model(normal(3, 6, 3))
def lstm_hard_sigmoid(k):
    return k.Sequential([
        k.LSTM(4, recurrent_activation="hard_sigmoid", return_sequences=True),
        k.LSTM(3, activation="softsign", recurrent_activation="sigmoid"),
    ], shape=(6, 3))


@model(normal(3, 7, 3))
def dynamic_steps(k):
    return k.Sequential([k.LSTM(4, return_sequences=True), k.LSTM(3), k.Dense(2)], shape=(None, 3))


def reset_after(k, value):
    return {"reset_after": value} if k.accepts("GRU", "reset_after") else {}


@model(normal(3, 6, 3))
def gru(k):
    return k.Sequential([
        k.GRU(4, return_sequences=True, recurrent_activation="sigmoid", **reset_after(k, False)),
        k.GRU(3, recurrent_activation="hard_sigmoid", **reset_after(k, False)),
    ], shape=(6, 3))


@model(normal(3, 6, 3), writers=lambda k: k.accepts("GRU", "reset_after"))
def gru_reset_after(k):
    return k.Sequential([
        k.GRU(4, return_sequences=True, recurrent_activation="sigmoid", reset_after=True),
        k.GRU(3, recurrent_activation="hard_sigmoid", reset_after=True),
    ], shape=(6, 3))


@model(normal(3, 6, 3))
def simple_rnn(k):
    return k.Sequential([
        k.SimpleRNN(5, return_sequences=True, go_backwards=True),
        k.SimpleRNN(4, activation="relu"),
        k.Dense(2),
    ], shape=(6, 3))


@model(normal(3, 5, 3))
def bidirectional(k):
    return k.Sequential([
        k.Bidirectional(k.LSTM(3, return_sequences=True), merge_mode="concat"),
        k.Bidirectional(k.LSTM(4)),
        k.Dense(2),
    ], shape=(5, 3))


@model(normal(3, 5, 3))
def bidirectional_sum(k):
    return k.Sequential([
        k.Bidirectional(k.GRU(3, return_sequences=True, **reset_after(k, False)), merge_mode="sum"),
        k.Bidirectional(k.SimpleRNN(4), merge_mode="ave"),
    ], shape=(5, 3))


@model(given(WORDS))
def bidirectional_mask(k):
    return k.Sequential([
        k.Embedding(20, 4, mask_zero=True),
        k.Bidirectional(k.LSTM(3, return_sequences=True)),
        k.Bidirectional(k.LSTM(3)),
        k.Dense(2),
    ], shape=(8,), dtype="int32")


@model(given(WORDS))
def masked_bidirectional(k):
    """Nothing hides what masked steps give: zeros in tf.keras and Keras 3, the last output again in Keras 2.0 to 2.3."""
    return k.Sequential([
        k.Embedding(20, 4, mask_zero=True),
        k.Bidirectional(k.LSTM(3, return_sequences=True)),
    ], shape=(8,), dtype="int32")


@model(normal(3, 4, 6, 2))
def time_distributed(k):
    return k.Sequential([
        k.TimeDistributed(k.Conv1D(3, 2, activation="relu")),
        k.TimeDistributed(k.Flatten()),
        k.TimeDistributed(k.Dense(4, activation="tanh")),
        k.LSTM(3, return_sequences=True),
        k.TimeDistributed(k.Dense(2)),
    ], shape=(4, 6, 2))
