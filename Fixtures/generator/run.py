"""Writes the fixtures of one release. Run by `generate` with that release's Python."""

import argparse
import gc
import os
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import dialect as dialects

dialects.quiet()

from definitions import activations, everywhere, families, functional, keras1, options, quantized, refused, texts

ALL = [
    definition for module in (activations, everywhere, options, functional, quantized, refused, texts) for definition in module.DEFINITIONS.all]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("writer")
    parser.add_argument("fixtures", help="the folder called Fixtures")
    parser.add_argument("--backend", default="tensorflow")
    parser.add_argument("--only", default="", help="names of models and families of cases, separated by commas")
    parser.add_argument("--matrix", action="store_true", help="only families of cases, with all their cases")
    arguments = parser.parse_args()
    os.environ["KERAS_BACKEND"] = arguments.backend
    # Theano without a compiler.
    os.environ["THEANO_FLAGS"] = "cxx=,floatX=float32,optimizer=None"

    import cases
    import record
    dialect = dialects.Dialect(arguments.writer, arguments.backend)
    if not dialect.is_installed():
        sys.exit("%s is not what is installed here" % arguments.writer)

    # What has been imported stays: looking for garbage in it, as Keras does after every model, takes longer than the models.
    gc.collect()
    if hasattr(gc, "freeze"):
        gc.freeze()
    failures = []

    def failed(name, error):
        traceback.print_exc()
        message = str(error).strip().splitlines() or [""]
        print("FAILED %s %s: %s: %s" % (arguments.writer, name, type(error).__name__, message[0][:300]))
        failures.append(name)

    def is_asked_for(name):
        return not arguments.only or name in arguments.only.split(",")

    if dialect.is_keras_1:
        if not arguments.matrix:
            record_keras_1(dialect, arguments, is_asked_for, failed)
        sys.exit(1 if failures else 0)

    for definition in () if arguments.matrix else ALL:
        if not is_asked_for(definition.name):
            continue
        if (definition.backend or "tensorflow") != arguments.backend or not definition.writers(dialect):
            continue
        try:
            record.record(dialect, definition, arguments.fixtures)
        except Exception as error:
            failed(definition.name, error)
    for family in families.ALL:
        if is_asked_for(family.name):
            folder = os.path.join(arguments.fixtures, *([] if arguments.matrix else ["cases"]), arguments.writer)
            cases.record_family(dialect, family, arguments.backend, folder, failed, arguments.matrix)
    if is_asked_for("training") and not arguments.matrix and arguments.backend == "tensorflow":
        import training
        training.record_all(dialect, arguments.fixtures, failed)
    sys.exit(1 if failures else 0)


def record_keras_1(dialect, arguments, is_asked_for, failed):
    """Its own models. What depends on the backend is recorded for each, in `backends/<backend>`; the rest once, by the first."""
    import record
    for separates in (False, True):
        dialect.separates_backends = separates
        folder = os.path.join(arguments.fixtures, "backends", arguments.backend) if separates else arguments.fixtures
        if not separates and dialect.is_theano != (dialect.version < (1, 1)):
            continue
        for definition in keras1.DEFINITIONS.all:
            if is_asked_for(definition.name) and definition.writers(dialect):
                try:
                    record.record(dialect, definition, folder)
                except Exception as error:
                    failed(definition.name, error)


main()
