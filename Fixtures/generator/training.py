"""Models in the middle of their training, and how the loss goes on: `<name>.h5` or `.keras` in `training/<writer>.zip`, with the losses
of all in its `losses.json`.

A model is trained for `BEFORE` steps and saved; then the same process goes on for `AFTER` steps, whose losses are recorded. Whoever
reads the file and goes on with `data.npz` must find the same. Each step takes all examples, so that nothing depends on an order.
"""

import json
import os
import tempfile
import zipfile

import numpy

import randomised
import record
from described import layers as k

BEFORE, AFTER = 15, 60


def data(path):
    """Examples of a smooth function of three numbers. The first release has made them for all: NumPy's sines differ in the last bit."""
    if os.path.exists(path):
        with numpy.load(path) as arrays:
            return arrays["inputs"], arrays["targets"]
    random = numpy.random.RandomState(20)
    inputs = random.normal(0, 1, (24, 3)).astype("float32")
    targets = numpy.sin(inputs[:, :1]) * inputs[:, 1:2] + inputs[:, 2:] / 3
    return inputs, targets.astype("float32")


def plain():
    """Order by name is not the order of the model; some variables are not trained."""
    return k.Sequential([k.Dense(4, activation="tanh", name="second"), k.BatchNormalization(name="first"), k.Dense(1, name="last")], shape=(3,))


def nested():
    """A frozen layer, a layer of two layers, and a model in a model."""
    inner = k.Sequential(
        [k.Dense(3, trainable=False, name="frozen"), k.BatchNormalization(name="statistics"), k.Dense(2, activation="tanh", name="inner")],
        shape=(4,), name="model_in_model")
    lstm = k.LSTM(2, recurrent_activation="sigmoid", name="lstm")
    return k.Sequential([k.Reshape((3, 1)), k.Bidirectional(lstm, name="both"), inner, k.Dense(1, name="last")], shape=(3,))


class Row:
    """One model: its name, the class of its optimizer with options, and which releases write it."""

    def __init__(self, name, kind, writers, describe=plain, archive=False, **options):
        self.name, self.kind, self.writers, self.describe, self.archive, self.options = name, kind, writers.split(), describe, archive, options


OLD = "keras-2.0.2 keras-2.2.4 keras-2.3.1"
KERAS_3 = "keras-3.15.1"

ROWS = [
    Row("adam", "Adam", OLD + " tfkeras-2.10 tfkeras-2.15", learning_rate=0.02),
    Row("sgd", "SGD", OLD + " tfkeras-2.10", learning_rate=0.05, momentum=0.8, nesterov=True),
    Row("rmsprop", "RMSprop", OLD + " tfkeras-2.10", learning_rate=0.01),
    Row("nested", "Adam", "keras-2.0.2 keras-2.3.1 tfkeras-2.10", nested, learning_rate=0.02),
    Row("decay", "SGD", "keras-2.2.4", learning_rate=0.1, decay=0.01, clipnorm=0.3),
    Row("amsgrad", "Adam", "keras-2.3.1", learning_rate=0.02, amsgrad=True),
    Row("adamax", "Adamax", "keras-2.3.1 tfkeras-2.10", learning_rate=0.02),
    Row("adadelta", "Adadelta", "keras-2.3.1 tfkeras-2.10", learning_rate=1.0),
    Row("adagrad", "Adagrad", "keras-2.3.1 tfkeras-2.10", learning_rate=0.1),
    Row("nadam", "Nadam", "tfkeras-2.10 tfkeras-2.15", learning_rate=0.02),
    Row("ftrl", "Ftrl", "tfkeras-2.10", learning_rate=0.1),
    Row("momentum", "RMSprop", "tfkeras-2.10 tfkeras-2.15", learning_rate=0.005, momentum=0.7, centered=True),
    Row("averaged", "AdamW", "tfkeras-2.15", learning_rate=0.02, use_ema=True, ema_momentum=0.9, weight_decay=0.01),
    Row("lion", "Lion", "tfkeras-2.15", learning_rate=0.005),
    Row("archive", "Adam", "tfkeras-2.15", archive=True, learning_rate=0.02),
    Row("nadam", "Nadam", "keras-3.0.5", archive=True, learning_rate=0.02),
    Row("adam", "Adam", KERAS_3, nested, archive=True, learning_rate=0.02),
    Row("sgd", "SGD", KERAS_3, archive=True, learning_rate=0.05, momentum=0.8),
    Row("rmsprop", "RMSprop", KERAS_3, archive=True, learning_rate=0.01),
]


def optimizer(dialect, row):
    options = dict(row.options)
    if dialect.is_standalone_2 and dialect.version < (2, 3):
        options["lr"] = options.pop("learning_rate")
    return getattr(dialect.keras.optimizers, row.kind)(**options)


def compute_in_order(dialect):
    """Keras 2.0.2 on TensorFlow 1.2 overwrites the weights of the last layers while it still computes the gradients of the first ones from
    them, and counts a step before or after it reads the count, as it happens. What it means to compute is recorded: all gradients
    first, one operation after the other."""
    if not dialect.is_standalone_2 or dialect.version >= (2, 1):
        return
    import tensorflow
    from keras import backend, optimizers

    backend.set_session(tensorflow.Session(config=tensorflow.ConfigProto(inter_op_parallelism_threads=1, intra_op_parallelism_threads=1)))
    gradients = optimizers.Optimizer.get_gradients
    optimizers.Optimizer.get_gradients = lambda self, loss, params: tensorflow.tuple(gradients(self, loss, params))


def trained(model, data, steps):
    inputs, targets = data
    history = model.fit(inputs, targets, batch_size=len(inputs), epochs=steps, shuffle=False, verbose=0)
    return [float(loss) for loss in history.history["loss"]]


def write_zip(path, folder):
    """With fixed dates and in the order of the names, so that the same files are the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(os.listdir(folder)):
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.external_attr = 0o644 << 16
            with open(os.path.join(folder, name), "rb") as file:
                archive.writestr(member, file.read(), zipfile.ZIP_DEFLATED)


def record_all(dialect, fixtures, failed):
    rows = [row for row in ROWS if dialect.writer in row.writers]
    if not rows:
        return
    compute_in_order(dialect)
    data_path = os.path.join(fixtures, "training", "data.npz")
    arrays = data(data_path)
    losses = {}
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            try:
                dialect.forget_names()
                model = dialect.made(row.describe())
                randomised.randomise(dialect, model, row.name)
                model.compile(optimizer=optimizer(dialect, row), loss="mse", metrics=["mae"])
                trained(model, arrays, BEFORE)
                model.save(os.path.join(folder, row.name + (".keras" if row.archive else ".h5")))
                losses[row.name] = trained(model, arrays, AFTER)
            except Exception as error:
                failed("training/" + row.name, error)
        with open(os.path.join(folder, "losses.json"), "w") as file:
            json.dump(losses, file)
        os.makedirs(os.path.join(fixtures, "training"), exist_ok=True)
        write_zip(os.path.join(fixtures, "training", dialect.writer + ".zip"), folder)
    record.write_npz(data_path, list(zip(("inputs", "targets"), arrays)))
