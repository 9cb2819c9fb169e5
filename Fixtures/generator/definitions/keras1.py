"""What Keras 1 writes, in its own words: models of every kind of layer whose configuration or weights Keras 2 and 3 have otherwise."""

import numpy

from definition import Definitions, given, normal

DEFINITIONS = Definitions()
model = DEFINITIONS.model

WORDS = numpy.array([[3, 7, 1, 12, 0, 0, 0, 0], [5, 0, 9, 2, 0, 4, 19, 0], [1, 2, 3, 4, 5, 6, 7, 8], [0, 0, 0, 11, 13, 17, 1, 6]], "int32")


def convolves(k):
    """Convolutions are recorded for each backend, apart from the other models: their files do not say which it was."""
    return k.separates_backends


def others(k):
    return not k.separates_backends


def training(optimizer):
    def make(k):
        random = numpy.random.RandomState(2)
        inputs = random.normal(0, 1, (60, 6)).astype("float32")
        targets = (inputs[:, 0:3] + inputs[:, 3:6] > 0).astype("float32")
        return inputs, targets, {"loss": "binary_crossentropy", "optimizer": optimizer, "metrics": ["accuracy"]}, {"nb_epoch": 2, "batch_size": 20}
    return make


@model(normal(3, 6), training=training("adam"), writers=others)
def mlp(k):
    return k.Sequential([
        k.Dense(8, activation="relu", W_regularizer="l2", W_constraint="nonneg"), k.Dropout(0.4), k.Dense(5, bias=False),
        k.Activation("hard_sigmoid"), k.Dense(3, activation="softmax", init="uniform", b_constraint="maxnorm"),
    ], shape=(6,))


@model(normal(3, 6), training=training("rmsprop"), writers=others)
def rmsprop(k):
    return k.Sequential([k.Dense(7, activation="softsign", activity_regularizer="activity_l1l2"), k.Dense(3, activation="sigmoid")], shape=(6,))


@model(normal(3, 5), writers=others)
def batchnorm(k):
    return k.Sequential([
        k.Dense(6, trainable=False), k.BatchNormalization(), k.LeakyReLU(0.2), k.Dense(5), k.BatchNormalization(epsilon=0.01, trainable=False),
        k.ELU(0.7), k.Dense(4), k.PReLU(), k.GaussianNoise(0.3), k.GaussianDropout(0.2), k.ThresholdedReLU(0.1),
    ], shape=(5,))


@model(normal(3, 5), writers=lambda k: others(k) and k.version >= (1, 1))
def nested(k):
    return k.Sequential([
        k.Sequential([k.Dense(6, activation="relu"), k.BatchNormalization(), k.Dense(4, activation="tanh")], shape=(5,)),
        k.Sequential([k.Sequential([k.Dense(7, activation="relu"), k.BatchNormalization()], shape=(4,)), k.Dense(5, trainable=False)], shape=(4,)),
        k.Dense(2),
    ], shape=(5,))


@model(normal(3, 5), writers=others)
def maxout_highway(k):
    return k.Sequential([
        k.MaxoutDense(6, nb_feature=3), k.Highway(activation="tanh"), k.MaxoutDense(4, nb_feature=2, bias=False),
        k.Highway(bias=False),
    ], shape=(5,))


@model(given(WORDS), writers=others)
def lstm_text(k):
    return k.Sequential([k.Embedding(20, 6, mask_zero=True, dropout=0.1), k.LSTM(5, dropout_W=0.1, dropout_U=0.1), k.Dense(3, activation="softmax")],
                        shape=(8,))


@model(normal(3, 6, 3), writers=others)
def lstm_kinds(k):
    return k.Sequential([
        k.LSTM(4, return_sequences=True), k.LSTM(3, return_sequences=True, consume_less="mem", inner_activation="sigmoid"),
        k.LSTM(5, consume_less="gpu", activation="softsign", return_sequences=True), k.LSTM(3, go_backwards=True, forget_bias_init="zero"),
    ], shape=(6, 3))


@model(normal(3, 6, 3), writers=others)
def gru_kinds(k):
    return k.Sequential([
        k.GRU(4, return_sequences=True), k.GRU(3, return_sequences=True, consume_less="mem", inner_activation="sigmoid"),
        k.GRU(5, consume_less="gpu"), k.RepeatVector(3), k.SimpleRNN(4, return_sequences=True), k.Permute((2, 1)), k.Reshape((6, 2)),
    ], shape=(6, 3))


@model(normal(3, 5, 3), writers=others)
def bidirectional(k):
    return k.Sequential([
        k.Bidirectional(k.LSTM(3, return_sequences=True), merge_mode="concat"), k.Bidirectional(k.GRU(4), merge_mode="sum"), k.Dense(2),
    ], shape=(5, 3))


@model(given(WORDS), writers=others)
def bidirectional_mask(k):
    return k.Sequential([k.Embedding(20, 4, mask_zero=True), k.Bidirectional(k.LSTM(3, return_sequences=True))], shape=(8,))


@model(normal(3, 4, 3), writers=others)
def time_distributed(k):
    return k.Sequential([
        k.TimeDistributed(k.Dense(4, activation="tanh")), k.TimeDistributedDense(3, activation="relu"), k.UpSampling1D(2), k.ZeroPadding1D(1),
        k.MaxPooling1D(2), k.AveragePooling1D(2, stride=1), k.Flatten(), k.ActivityRegularization(0.1),
    ], shape=(4, 3))


@model(normal(3, 5), writers=others)
def functional_modes(k):
    first = k.input(5)
    left = k.call(k.Dense(4, activation="relu"), first)
    right = k.call(k.Dense(4, activation="tanh"), first)
    merged = [k.merge([left, right], mode) for mode in ("sum", "mul", "ave", "max")]
    output = k.call(k.Dense(3), k.merge(merged, "concat"))
    return k.model(first, output)


def images(name, shape, layers):
    def describe(k):
        ordering = "th" if name.endswith("_th") else "tf"
        return k.Sequential(layers(k, ordering), shape=shape if ordering == "tf" else (shape[-1],) + shape[:-1])
    known = shape if not name.endswith("_th") else (shape[-1],) + shape[:-1]
    # TensorFlow has no convolutions of this order on a processor.
    DEFINITIONS.add(name, describe, normal(2, *known), writers=lambda k: convolves(k) and name.endswith("_th") == k.is_theano or
                    convolves(k) and name == "conv2d_tf" and k.version >= (1, 1))


for suffix in ("_tf", "_th"):
    images("conv2d" + suffix, (7, 6, 2), lambda k, order: [
        k.Convolution2D(3, 2, 3, activation="relu", dim_ordering=order), k.Convolution2D(4, 3, 3, border_mode="same", bias=False, dim_ordering=order),
        k.SpatialDropout2D(0.2, dim_ordering=order), k.MaxPooling2D((2, 1), dim_ordering=order), k.Convolution2D(2, 2, 2, subsample=(1, 2), dim_ordering=order),
        k.Flatten(), k.Dense(3)])
    images("atrous2d" + suffix, (7, 8, 2), lambda k, order: [
        k.AtrousConvolution2D(3, 3, 2, atrous_rate=(2, 2), dim_ordering=order), k.AveragePooling2D((2, 2), strides=(1, 1), dim_ordering=order),
        k.Flatten(), k.Dense(2)])
    images("zero_padding2d" + suffix, (5, 4, 2), lambda k, order: [
        k.ZeroPadding2D((1, 2), dim_ordering=order), k.Convolution2D(3, 3, 3, dim_ordering=order), k.UpSampling2D((2, 1), dim_ordering=order)])


@model(normal(2, 9, 3), writers=convolves)
def conv1d(k):
    return k.Sequential([
        k.Convolution1D(4, 3, activation="relu"), k.Convolution1D(3, 2, subsample_length=2, bias=False), k.Convolution1D(5, 3, border_mode="same")],
        shape=(9, 3))


@model(normal(2, 3, 6, 2), writers=convolves)
def time_distributed_conv1d(k):
    return k.Sequential([k.TimeDistributed(k.Convolution1D(3, 2)), k.TimeDistributed(k.Flatten()), k.GRU(3)], shape=(3, 6, 2))


@model(normal(2, 4, 3, 5, 2), writers=lambda k: convolves(k) and not k.is_theano)
def conv3d(k):
    return k.Sequential([k.Convolution3D(3, 2, 2, 3, dim_ordering="tf"), k.MaxPooling3D((1, 2, 1), dim_ordering="tf"), k.Flatten()], shape=(4, 3, 5, 2))


@model(normal(2, 3, 5, 4, 2), writers=lambda k: convolves(k) and k.has("ConvLSTM2D"))
def conv_lstm2d(k):
    return k.Sequential([k.ConvLSTM2D(3, 3, 3, border_mode="same", dim_ordering="tf", return_sequences=True)], shape=(3, 5, 4, 2))


@model(normal(2, 5, 4, 3), writers=lambda k: convolves(k) and not k.is_theano)
def separable_deconvolution(k):
    return k.Sequential([
        k.SeparableConvolution2D(7, 2, 3, depth_multiplier=2, dim_ordering="tf", activation="relu"),
        k.Deconvolution2D(2, 3, 2, output_shape=(2, 6, 3, 2), dim_ordering="tf"),
    ], shape=(5, 4, 3), batch=2)
