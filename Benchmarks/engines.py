"""Runs one engine on one model in a process of its own, so that memory and start are its own.

    engines.py ENGINE FOLDER NAME BATCH THREADS

Prints one line of JSON when it is loaded (milliseconds, the first answer and its shape), then one for every line `SECONDS` that it
reads: the median time of a call in microseconds, and the process's largest memory so far. Ends with its input.
"""

import json
import os
import resource
import sys
import time

START = time.perf_counter()

engine, folder, name, batch, threads = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
for variable in ["OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"]:
    os.environ[variable] = str(threads)
os.environ["TF_NUM_INTEROP_THREADS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402

path = os.path.join(folder, name)
x = np.load(f"{path}-{batch}.npy")


def litert(suffix):
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=f"{path}-{batch}{suffix}.tflite", num_threads=threads)
    interpreter.allocate_tensors()
    first, last = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]

    def call():
        interpreter.set_tensor(first, x)
        interpreter.invoke()
        return interpreter.get_tensor(last)

    return call


def onnxruntime():
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = ort.InferenceSession(path + ".onnx", options, providers=["CPUExecutionProvider"])
    inputs = {session.get_inputs()[0].name: x}
    return lambda: session.run(None, inputs)[0]


def keras_function():
    import keras
    import tensorflow as tf

    model = keras.models.load_model(path + ".h5", compile=False)
    function = tf.function(lambda inputs: model(inputs, training=False), input_signature=[tf.TensorSpec(x.shape, x.dtype)])
    constant = tf.constant(x)
    return lambda: function(constant).numpy()


def keras_predict():
    import keras

    model = keras.models.load_model(path + ".h5", compile=False)
    return lambda: model.predict_on_batch(x)


ENGINES = {
    "litert": lambda: litert(""),
    "litert-int8": lambda: litert("-int8"),
    "onnxruntime": onnxruntime,
    "keras": keras_function,
    "keras-predict": keras_predict,
}


def say(**values):
    print(json.dumps(values), flush=True)


def main():
    loading = time.perf_counter()
    call = ENGINES[engine]()
    loaded = time.perf_counter()
    answer = np.asarray(call())
    first = time.perf_counter()
    say(
        load_ms=(loaded - loading) * 1e3, first_ms=(first - loaded) * 1e3, start_ms=(first - START) * 1e3,
        answer=answer.astype(float).ravel().tolist() if answer.size <= 1_000_000 else None,
    )
    for line in sys.stdin:
        seconds, times = float(line), []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or len(times) < 3:
            begin = time.perf_counter()
            call()
            times.append(time.perf_counter() - begin)
        say(median_us=sorted(times)[len(times) // 2] * 1e6, rss_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


main()
