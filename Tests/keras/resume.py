"""Goes on training, with the Keras that is asked for, where converted models were left, and compares the loss of every step with that of
the training that was not interrupted.

    resume.py make FOLDER         trains models with Keras 3, one for each kind of optimizer state, and saves them as they are on the way
    resume.py CLIENT TASKS.json   CLIENT: `keras` or `tf_keras`. TASKS is a list of {"name", "model": path, "data": path of an .npz,
                                  "losses": [number], "steps": that the optimizer has made, "exact": bool, "ahead": bool,
                                  "margin": relative}

`exact` asks for the same bits. Otherwise the release that recorded the losses has summed in another order, and the two trainings may be as
far apart as the training is from itself when every weight is moved by one rounding: that is measured, for every step, and not assumed.
(It is 1e-6 where the training is smooth. RMSprop, once it swings around the minimum, makes 1e-2 of it.)
`ahead`: whether the recorded training may have counted its step before it read the count. `margin`: what comes on top, where the release
that recorded is known to compute something else.

Prints one line for each model that goes on otherwise.
"""

import json
import os
import pathlib
import sys
import traceback

# JAX compiles these small models ten times as fast as TensorFlow.
os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np  # noqa: E402

BEFORE, AFTER = 15, 30
# Over that of a few trials, and over a relative difference that is none.
MARGIN, NOTHING, TRIALS = 16, 1e-6, 3


def go_on(model, inputs, targets, steps):
    """One step takes all examples, so that nothing depends on an order."""
    return np.asarray([float(np.ravel(model.train_on_batch(inputs, targets))[0]) for _ in range(steps)])


class State:
    """All variables of a model and its optimizer, to begin again from."""

    def __init__(self, model):
        variables = model.optimizer.variables
        self.variables = list(model.variables) + list(variables() if callable(variables) else variables)
        self.values = [np.asarray(variable) for variable in self.variables]
        self.weights = len(model.variables)

    def restore(self, random=None):
        """With `random`: the weights one rounding up, down, or as they are."""
        for index, (variable, value) in enumerate(zip(self.variables, self.values)):
            if random and index < self.weights and value.dtype.kind == "f":
                value = (value * (1 + random.choice([-1, 0, 1], size=value.shape) * 2.0**-23)).astype(value.dtype)
            variable.assign(value)


def allowed(model, state, inputs, targets, found):
    """How far the loss of each step may be from that of another release, relative."""
    random = np.random.RandomState(1)
    apart = np.zeros(len(found))
    for _ in range(TRIALS):
        state.restore(random)
        apart = np.maximum(apart, np.abs(go_on(model, inputs, targets, len(found)) - found) / np.abs(found))
    return NOTHING + MARGIN * np.maximum.accumulate(apart)


def count(model):
    return int(np.asarray(model.optimizer.iterations))


def problem(keras, task):
    model = keras.models.load_model(task["model"])
    # Without, every operation is one call of JAX; TensorFlow makes a graph in any case.
    model.jit_compile = keras.__name__ == "keras"
    with np.load(task["data"]) as data:
        inputs, targets = data["inputs"], data["targets"]
    # An optimizer that Keras could not give its state begins at 0, with a warning.
    if count(model) != task["steps"]:
        return f"{count(model)} steps, not {task['steps']}"
    state = State(model)
    wanted = np.asarray(task["losses"])
    found = go_on(model, inputs, targets, len(wanted))
    difference = np.abs(found - wanted) / np.abs(wanted)
    limit = 0 if task["exact"] else allowed(model, state, inputs, targets, found) + task.get("margin", 0)
    if task.get("ahead") and not np.all(difference <= limit):
        state.restore()
        model.optimizer.iterations.assign(task["steps"] + 1)
        difference = np.abs(go_on(model, inputs, targets, len(wanted)) - wanted) / np.abs(wanted)
    if np.all(difference <= limit):
        return None
    step = int(np.argmax(~(difference <= limit)))
    bound = np.broadcast_to(limit, difference.shape)[step]
    return f"differs by {np.max(difference):.2g}, and by {difference[step]:.2g} at step {step} already, where {bound:.2g} is allowed"


def resume(client, tasks):
    keras = __import__(client)
    failures = 0
    for task in tasks:
        try:
            wrong = problem(keras, task)
        except Exception as error:
            wrong = " ".join("".join(traceback.format_exception_only(error)).split())[:400]
        if wrong:
            failures += 1
            print(f"{task['name']}: {wrong}", flush=True)
        keras.backend.clear_session()
    return 1 if failures else 0


def optimizers(keras):
    """One for each kind of state that Keras 3 has."""
    k, schedules = keras.optimizers, keras.optimizers.schedules
    return {
        "adam": k.Adam(0.02), "sgd": k.SGD(0.05), "momentum": k.SGD(0.05, momentum=0.8, nesterov=True), "rmsprop": k.RMSprop(0.01),
        "centered": k.RMSprop(0.005, momentum=0.7, centered=True), "adamw": k.AdamW(0.02, weight_decay=0.01),
        "amsgrad": k.Adam(0.02, amsgrad=True), "adagrad": k.Adagrad(0.1), "nadam": k.Nadam(0.02), "adamax": k.Adamax(0.02),
        "adadelta": k.Adadelta(1.0), "ftrl": k.Ftrl(0.1), "lion": k.Lion(0.005), "lamb": k.Lamb(0.02), "muon": k.Muon(0.01),
        "adafactor": k.Adafactor(0.02), "schedule_free": k.ScheduleFreeAdamW(0.02),
        "schedule": k.Adam(schedules.ExponentialDecay(0.02, 10, 0.9)), "averaged": k.Adam(0.02, use_ema=True, ema_momentum=0.9),
        "accumulated": k.Adam(0.02, gradient_accumulation_steps=4), "clipped": k.SGD(0.05, momentum=0.8, global_clipnorm=0.5),
        "scaled": k.LossScaleOptimizer(k.Adam(0.02), dynamic_growth_steps=10),
    }


def make(folder):
    import keras

    keras.utils.set_random_seed(3)
    random = np.random.RandomState(20)
    inputs = random.normal(0, 1, (24, 3)).astype("float32")
    targets = (np.sin(inputs[:, :1]) * inputs[:, 1:2] + inputs[:, 2:] / 3).astype("float32")
    np.savez(folder / "data.npz", inputs=inputs, targets=targets)
    layers = keras.layers
    tasks = []
    for name, optimizer in optimizers(keras).items():
        inner = keras.Sequential([layers.Input((4,)), layers.Dense(3, trainable=False), layers.BatchNormalization()])
        model = keras.Sequential(
            [layers.Input((3,)), layers.Dense(4, activation="tanh"), inner, layers.Dense(4, activation="tanh"), layers.Dense(1)])
        model.compile(optimizer, "mse", metrics=["mae"])
        go_on(model, inputs, targets, BEFORE)
        path = folder / f"{name}.keras"
        model.save(path)
        tasks.append({"name": name, "model": str(path), "data": str(folder / "data.npz"), "steps": count(model), "exact": True,
                      "losses": go_on(model, inputs, targets, AFTER).tolist()})
    (folder / "tasks.json").write_text(json.dumps(tasks))
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "make":
        sys.exit(make(pathlib.Path(sys.argv[2])))
    sys.exit(resume(sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text())))
