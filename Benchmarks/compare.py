"""Times nnconv and its peers on the same models and inputs, in one run and in turn, and checks that their answers agree.

    compare.py NNCONV FOLDER [--models a,b] [--batches 1,32] [--threads 1,2] [--engines ...] [--rounds 5] [--seconds 0.4]
               [--weights f16|bf16|int8] [--json FILE] [--plot FILE] [--peak PROGRAM]

Every engine runs in a process of its own. A round times each of them once; a figure is the median of the rounds. Prints a table
with the ratio of the best peer's time to nnconv's: above 1, nnconv is faster; and how much of the machine's arithmetic and of its memory's
speed nnconv uses. With --weights, nnconv's weights are rounded, and answers may differ as much as rounding makes them. A second table has what a first answer takes (loading and the first run; for nnconv also a whole process) and memory.
"""

import argparse
import json
import math
import pathlib
import statistics
import subprocess
import sys
import time

import numpy as np

PEERS = ["litert", "onnxruntime", "keras", "keras-predict"]
MODELS = "coffee digits mnist_cnn ecg_conv1d imdb_lstm mlp4096 mobilenet_v1 vgg16_cifar bigru_tagger stacked_lstm causal_conv1d".split()


class Peer:
    """An engine of `engines.py`, loaded and waiting."""

    def __init__(self, engine, folder, name, batch, threads):
        here = pathlib.Path(__file__).parent
        self.process = subprocess.Popen(
            [sys.executable, str(here / "engines.py"), engine, folder, name, str(batch), str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.start = self.read()

    def read(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def measure(self, seconds):
        self.process.stdin.write(f"{seconds}\n")
        self.process.stdin.flush()
        return self.read()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Ours:
    """nnconv. `nnconv bench` is a new process each time, and so measures loading too."""

    def __init__(self, nnconv, folder, name, batch, threads, weights):
        self.nnconv, self.batch, self.threads = nnconv, batch, threads
        self.model = str(pathlib.Path(folder) / f"{name}.nnc")
        subprocess.run(
            [nnconv, "convert", "--quiet", "--force", str(pathlib.Path(folder) / f"{name}.h5"), self.model]
            + (["--weights", weights] if weights else []), check=True)
        answer = pathlib.Path(folder) / f"{name}-answer.npy"
        answer.unlink(missing_ok=True)
        subprocess.run(
            [nnconv, "run", self.model, "--input", str(pathlib.Path(folder) / f"{name}-{batch}.npy"), "--output", str(answer), "--force"], check=True)
        self.start = {"answer": np.load(answer).astype(float).ravel()}
        described = json.loads(subprocess.run([nnconv, "inspect", self.model, "--json"], check=True, capture_output=True, text=True).stdout)
        self.work = described["multiply_accumulates"]
        self.weights = sum(part["bytes"] for part in described["parts"] if part["part"].endswith("tensors"))
        self.process_ms = statistics.median(self.process(folder, name, answer) for _ in range(5))

    def process(self, folder, name, answer):
        """Milliseconds of a process that answers once."""
        begin = time.perf_counter()
        subprocess.run([self.nnconv, "run", self.model, "--input", str(pathlib.Path(folder) / f"{name}-1.npy"), "--output", str(answer), "--force"], check=True)
        return (time.perf_counter() - begin) * 1e3

    def measure(self, seconds):
        output = subprocess.run(
            [self.nnconv, "bench", self.model, "--batch", str(self.batch), "--threads", str(self.threads), "--seconds", str(seconds), "--json"],
            check=True, capture_output=True, text=True).stdout
        return json.loads(output)

    def close(self):
        pass


def row(arguments, name, batch, threads):
    """One model, batch and number of threads: each engine's median, nnconv's first."""
    engines = {"nnconv": Ours(arguments.nnconv, arguments.folder, name, batch, threads, arguments.weights)}
    engines |= {peer: Peer(peer, arguments.folder, name, batch, threads) for peer in arguments.engines}
    runners = dict(engines)
    expected = engines["nnconv"].start["answer"]
    result = {"model": name, "batch": batch, "threads": threads, "engines": {}}
    for engine, runner in list(engines.items()):
        if runner.start is None:
            del engines[engine]
            continue
        answer = runner.start.get("answer")
        if answer is not None and not np.allclose(answer, expected, atol=0.1 if arguments.weights else 1e-4, rtol=1e-3):
            result.setdefault("disagree", {})[engine] = float(np.max(np.abs(np.asarray(answer) - expected)))
    times = {engine: [] for engine in engines}
    for _ in range(arguments.rounds):
        for engine, runner in engines.items():
            measured = runner.measure(arguments.seconds)
            times[engine].append(measured["median_us"])
            result["engines"][engine] = {**measured, **{key: value for key, value in runner.start.items() if key != "answer"}}
    for engine, runner in engines.items():
        result["engines"][engine]["median_us"] = statistics.median(times[engine])
        runner.close()
    ours = runners["nnconv"]
    result |= {"multiply_accumulates": ours.work, "weight_bytes": ours.weights, "process_ms": ours.process_ms}
    peers = {engine: values["median_us"] for engine, values in result["engines"].items() if engine != "nnconv"}
    if peers:
        result["best_peer"] = min(peers, key=peers.get)
        result["ratio"] = peers[result["best_peer"]] / result["engines"]["nnconv"]["median_us"]
    return result


def shares(result, machine):
    """Which part of the cores' arithmetic and of the memory's speed nnconv uses, if it reads every weight once."""
    seconds = result["engines"]["nnconv"]["median_us"] * 1e-6
    work = 2 * result["multiply_accumulates"] * result["batch"]
    return work / seconds / (machine["gflops"] * 1e9 * result["threads"]), result["weight_bytes"] / seconds / (machine["gbytes"] * 1e9)


def first_answers(results, engines):
    """What the first answer takes, and memory, of each model at a batch of one with one thread."""
    lines = [f"{'first answer, ms (memory, MB)':30} process " + " ".join(f"{engine[:16]:>16}" for engine in engines)]
    for result in results:
        if result["batch"] != 1 or result["threads"] != 1:
            continue
        cells = []
        for engine in engines:
            values = result["engines"].get(engine)
            memory = values and values.get("peak_rss_mb", values.get("rss_mb"))
            cells.append(f"{values['load_ms'] + values['first_ms']:8,.1f} ({memory:5,.0f})" if values else f"{'-':>16}")
        lines.append(f"{result['model']:30} {result['process_ms']:7.1f} " + " ".join(cells))
    return "\n".join(lines)


def line(result, engines, machine):
    cells = [f"{result['engines'][engine]['median_us']:11,.1f}" if engine in result["engines"] else f"{'-':>11}" for engine in engines]
    ratio = f"{result['ratio']:7.2f}" if "ratio" in result else f"{'-':>7}"
    disagree = "".join(f"  {engine} differs by {value:.2g}" for engine, value in result.get("disagree", {}).items())
    if machine:
        arithmetic, memory = shares(result, machine)
        ratio += f" {arithmetic:6.0%} {memory:6.0%}"
    return f"{result['model']:14} {result['batch']:5} {result['threads']:7} " + " ".join(cells) + f" {ratio}{disagree}"


def plot(results, path):
    """The ratios as bars on a logarithmic scale, as SVG."""
    rows = [result for result in results if "ratio" in result]
    height, unit = 18, 90
    lengths = [math.log2(result["ratio"]) for result in rows]
    # Names, then the bars of what is slower, then those of what is faster.
    left = 215 + unit * max(0, -min(lengths))
    width = left + unit * max(max(lengths), 1) + 50
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height * (len(rows) + 2)}" font-family="sans-serif" font-size="12">',
        f'<text x="4" y="13">times as fast as the best peer (logarithmic)</text>',
    ]
    for index, result in enumerate(rows):
        y = height * (index + 1) + 4
        length = math.log2(result["ratio"]) * unit
        name = f"{result['model']}, batch {result['batch']}, {result['threads']} thread" + ("s" if result["threads"] > 1 else "")
        lines.append(f'<text x="4" y="{y + 12}">{name}</text>')
        colour = "#2a7ab0" if length >= 0 else "#c0504d"
        lines.append(f'<rect x="{left + min(length, 0):.1f}" y="{y}" width="{abs(length):.1f}" height="{height - 4}" fill="{colour}"/>')
        lines.append(f'<text x="{left + max(length, 0) + 4:.1f}" y="{y + 12}">{result["ratio"]:.2f}</text>')
    lines.append(f'<line x1="{left:.1f}" y1="{height}" x2="{left:.1f}" y2="{height * (len(rows) + 1)}" stroke="black"/></svg>')
    pathlib.Path(path).write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nnconv")
    parser.add_argument("folder")
    parser.add_argument("--models", type=lambda text: text.split(","), default=MODELS)
    parser.add_argument("--batches", type=lambda text: [int(part) for part in text.split(",")], default=[1, 32])
    parser.add_argument("--threads", type=lambda text: [int(part) for part in text.split(",")], default=[1, 2])
    parser.add_argument("--engines", type=lambda text: text.split(","), default=PEERS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.4)
    parser.add_argument("--weights", choices=["f16", "bf16", "int8"])
    parser.add_argument("--json")
    parser.add_argument("--plot")
    parser.add_argument("--peak")
    arguments = parser.parse_args()

    report = {"rows": []}
    machine = None
    if arguments.peak:
        report["machine"] = machine = json.loads(subprocess.run([arguments.peak], check=True, capture_output=True, text=True).stdout)
        print(f"one core: {report['machine']['gflops']} GFLOP/s, {report['machine']['gbytes']} GB/s from memory")
    engines = ["nnconv"] + arguments.engines
    print(f"{'microseconds':14} batch threads " + " ".join(f"{engine[:11]:>11}" for engine in engines) + "   ratio" + (" arithm. memory" if machine else ""))
    for name in arguments.models:
        for batch in arguments.batches:
            for threads in arguments.threads:
                result = row(arguments, name, batch, threads)
                report["rows"].append(result)
                print(line(result, engines, machine), flush=True)
    ratios = [result["ratio"] for result in report["rows"] if "ratio" in result]
    if ratios:
        report["geometric_mean"] = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"geometric mean of the ratios: {report['geometric_mean']:.2f}; slower than the best peer in {sum(ratio < 1 for ratio in ratios)} of {len(ratios)} rows")
    print(first_answers(report["rows"], engines))
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(report, indent=1) + "\n")
    if arguments.plot and ratios:
        plot(report["rows"], arguments.plot)
    if any("disagree" in result for result in report["rows"]):
        sys.exit("some answers differ")


if __name__ == "__main__":
    main()
