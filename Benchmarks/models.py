"""The networks that are timed, each with the shape of one sample of its input.

They are built by real Keras with weights from a fixed seed; nothing is trained, for the numbers do not depend on it.
"""

from keras import Sequential, layers

# Entries of the table that token indices are drawn from; None for inputs that are numbers.
TOKENS = {"imdb_lstm": 20_000, "bigru_tagger": 5_000}


def coffee():
    return (2,), [layers.Dense(3, "sigmoid"), layers.Dense(1, "sigmoid")]


def digits():
    return (400,), [layers.Dense(25, "relu"), layers.Dense(15, "relu"), layers.Dense(10, "softmax")]


def mnist_cnn():
    return (28, 28, 1), [
        layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(64, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Flatten(), layers.Dense(10, "softmax"),
    ]


def ecg_conv1d():
    return (1000, 1), [
        layers.Conv1D(32, 7, activation="relu"), layers.BatchNormalization(), layers.MaxPooling1D(2),
        layers.Conv1D(64, 5, activation="relu"), layers.BatchNormalization(), layers.MaxPooling1D(2),
        layers.Conv1D(128, 3, activation="relu"), layers.GlobalAveragePooling1D(), layers.Dense(5, "softmax"),
    ]


def imdb_lstm():
    return (80,), [layers.Embedding(20_000, 128), layers.LSTM(128), layers.Dense(1, "sigmoid")]


def mlp4096():
    return (1024,), [layers.Dense(4096, "relu"), layers.Dense(4096, "relu"), layers.Dense(4096, "relu"), layers.Dense(10, "softmax")]


def mobilenet_v1():
    stack = [layers.Conv2D(32, 3, strides=2, padding="same", use_bias=False), layers.BatchNormalization(), layers.ReLU(6.0)]
    for filters, strides in [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [(1024, 2), (1024, 1)]:
        stack += [
            layers.DepthwiseConv2D(3, strides=strides, padding="same", use_bias=False), layers.BatchNormalization(), layers.ReLU(6.0),
            layers.Conv2D(filters, 1, use_bias=False), layers.BatchNormalization(), layers.ReLU(6.0),
        ]
    return (224, 224, 3), stack + [layers.GlobalAveragePooling2D(), layers.Dense(1000, "softmax")]


def vgg16_cifar():
    stack = []
    for filters, count in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        stack += [layers.Conv2D(filters, 3, padding="same", activation="relu") for _ in range(count)] + [layers.MaxPooling2D()]
    return (32, 32, 3), stack + [layers.Flatten(), layers.Dense(512, "relu"), layers.Dense(10, "softmax")]


def bigru_tagger():
    return (60,), [
        layers.Embedding(5_000, 64), layers.Bidirectional(layers.GRU(64, return_sequences=True)),
        layers.TimeDistributed(layers.Dense(20, "softmax")),
    ]


def stacked_lstm():
    return (50, 16), [layers.LSTM(64, return_sequences=True), layers.LSTM(64), layers.Dense(8)]


def causal_conv1d():
    return (512, 32), [layers.Conv1D(32, 3, padding="causal", dilation_rate=2**n, activation="relu") for n in range(6)] + [layers.Conv1D(1, 1)]


def identity():
    """What a call costs that computes nothing."""
    return (1,), [layers.Activation("linear")]


MODELS = [
    coffee, digits, mnist_cnn, ecg_conv1d, imdb_lstm, mlp4096, mobilenet_v1, vgg16_cifar, bigru_tagger, stacked_lstm, causal_conv1d,
    identity,
]


def build(make):
    """The model, with weights from a fixed seed."""
    import keras
    import numpy as np

    shape, stack = make()
    kind = "int32" if make.__name__ in TOKENS else "float32"
    model = Sequential([layers.Input(shape, dtype=kind)] + stack, name=make.__name__)
    random = np.random.default_rng(1)
    for layer in model.layers:
        for weight in layer.weights:
            size = np.prod(weight.shape[:-1]) if len(weight.shape) > 1 else 1
            values = random.standard_normal(weight.shape) * (np.sqrt(2 / size) if len(weight.shape) > 1 else 0.1)
            if "variance" in weight.path or "gamma" in weight.path:
                values = 1 + 0.1 * np.abs(values)
            weight.assign(values.astype("float32"))
    return model


def sample(make, batch):
    """An input for the model."""
    import numpy as np

    random = np.random.default_rng(2)
    shape = (batch,) + make()[0]
    if make.__name__ in TOKENS:
        return random.integers(0, TOKENS[make.__name__], shape).astype("int32")
    return random.standard_normal(shape).astype("float32")
