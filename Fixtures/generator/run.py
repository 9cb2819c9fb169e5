"""Writes the fixtures of one release. Run by `generate` with that release's Python."""

import argparse
import os
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import dialect as dialects

dialects.quiet()

from definitions import activations, everywhere, options, refused

ALL = everywhere.DEFINITIONS.all + activations.DEFINITIONS.all + options.DEFINITIONS.all + refused.DEFINITIONS.all


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("writer")
    parser.add_argument("fixtures", help="the folder called Fixtures")
    parser.add_argument("--backend", default="tensorflow")
    parser.add_argument("--only", default="", help="names of models, separated by commas")
    arguments = parser.parse_args()
    os.environ["KERAS_BACKEND"] = arguments.backend

    import record
    dialect = dialects.Dialect(arguments.writer)
    if not dialect.is_installed():
        sys.exit("%s is not what is installed here" % arguments.writer)

    failures = 0
    for definition in ALL:
        if arguments.only and definition.name not in arguments.only.split(","):
            continue
        if (definition.backend or "tensorflow") != arguments.backend or not definition.writers(dialect):
            continue
        try:
            record.record(dialect, definition, arguments.fixtures)
        except Exception as error:
            failures += 1
            traceback.print_exc()
            message = str(error).strip().splitlines() or [""]
            print("FAILED %s %s: %s: %s" % (arguments.writer, definition.name, type(error).__name__, message[0][:300]))
    sys.exit(1 if failures else 0)


main()
