"""Goes on training, with the Keras that is asked for, where converted models were left, and compares the loss of every step with that of
the training that was not interrupted.

    resume.py make FOLDER         trains models with Keras 3, one for each kind of optimizer state, and saves them as they are on the way
    resume.py CLIENT TASKS.json   CLIENT: `keras` or `tf_keras`. TASKS is a list of {"name", "model": path, "data": path of an .npz,
                                  "losses": [number], "tolerance": relative; 0 asks for the same bits}

Prints one line for each model that goes on otherwise.
"""

import json
import os
import pathlib
import sys
import traceback

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np  # noqa: E402

BEFORE, AFTER = 15, 30


def go_on(model, inputs, targets, steps):
    """One step takes all examples, so that nothing depends on an order."""
    history = model.fit(inputs, targets, batch_size=len(inputs), epochs=steps, shuffle=False, verbose=0)
    return [float(loss) for loss in history.history["loss"]]


def problem(keras, task):
    model = keras.models.load_model(task["model"])
    # Compiling takes longer than training.
    model.jit_compile = False
    with np.load(task["data"]) as data:
        inputs, targets = data["inputs"], data["targets"]
    # An optimizer that Keras could not give its state begins at 0, with a warning.
    if int(np.asarray(model.optimizer.iterations)) != task.get("steps", BEFORE):
        return f"{int(np.asarray(model.optimizer.iterations))} steps, not {task.get('steps', BEFORE)}"
    wanted = np.asarray(task["losses"])
    found = np.asarray(go_on(model, inputs, targets, len(wanted)))
    difference = np.abs(found - wanted) / np.abs(wanted)
    if not np.all(difference <= task["tolerance"]):
        step = int(np.argmax(~(difference <= task["tolerance"])))
        return f"differs by {np.max(difference):.2g}, and by {difference[step]:.2g} at step {step} already"
    return None


def resume(client, tasks):
    keras = __import__(client)
    failures = 0
    for task in tasks:
        try:
            wrong = problem(keras, task)
        except Exception as error:
            wrong = "".join(traceback.format_exception_only(error)).strip().splitlines()[0][:400]
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
        model.compile(optimizer, "mse", metrics=["mae"], jit_compile=False)
        go_on(model, inputs, targets, BEFORE)
        path = folder / f"{name}.keras"
        model.save(path)
        steps = int(np.asarray(model.optimizer.iterations))
        tasks.append({"name": name, "model": str(path), "data": str(folder / "data.npz"), "steps": steps, "tolerance": 0,
                      "losses": go_on(model, inputs, targets, AFTER)})
    (folder / "tasks.json").write_text(json.dumps(tasks))
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "make":
        sys.exit(make(pathlib.Path(sys.argv[2])))
    sys.exit(resume(sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text())))
