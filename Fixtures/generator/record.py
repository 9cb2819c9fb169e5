"""Makes a model with the Keras that is installed, runs it, and writes the file and what it answered."""

import collections
import io
import os
import tempfile
import zipfile

import numpy

import randomised
import skipped


def write_npz(path, arrays):
    """As `numpy.savez` writes, but with a fixed date, so that the same arrays are the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays:
            buffer = io.BytesIO()
            contiguous = numpy.ascontiguousarray(array.astype("U") if is_text(array) else array)
            little = contiguous.astype(contiguous.dtype.newbyteorder("<"))
            numpy.lib.format.write_array(buffer, little, version=(1, 0), allow_pickle=False)
            member = zipfile.ZipInfo(name + ".npy", date_time=(1980, 1, 1, 0, 0, 0))
            member.external_attr = 0o644 << 16
            archive.writestr(member, buffer.getvalue())


def is_text(array):
    return array.dtype.kind in "OUS"


def answer(output):
    """What a model gave: numbers in single precision, whole numbers and texts as they are."""
    output = numpy.asarray(output)
    if is_text(output):
        return numpy.array([text.decode("utf-8") if isinstance(text, bytes) else text for text in output.ravel()],
                           dtype=object).reshape(output.shape)
    return output.astype("int64" if output.dtype.kind in "iu" else "float32")


def check(name, output):
    """A fixture that would pass whatever we compute is refused here."""
    if is_text(output):
        if output.size > 1 and len(set(output.ravel())) == 1:
            raise ValueError("%s: output is constant" % name)
        return
    if not numpy.all(numpy.isfinite(output)):
        raise ValueError("%s: output is not finite" % name)
    if output.size > 1 and float(numpy.ptp(output)) < 1e-4:
        raise ValueError("%s: output is constant" % name)


def recorded(dialect, model, definition, ask):
    """(array name, array) pairs: inputs, outputs of a fresh model, and for a stateful one the outputs of a second
    run that continues from the first. `ask(model, inputs)` gives outputs."""
    inputs = definition.inputs(dialect, randomised.seed_of("inputs of " + definition.name))
    arrays = [("input_%d" % index, array) for index, array in enumerate(inputs if isinstance(inputs, list) else [inputs])]
    count = len(arrays)
    if definition.stateful:
        reset_states(model)
    outputs = ask(model, inputs)
    arrays += [("output_%d" % index, answer(output)) for index, output in enumerate(outputs)]
    if definition.stateful:
        again = ask(model, inputs)
        arrays += [("second_output_%d" % index, answer(output)) for index, output in enumerate(again)]
        reset_states(model)
    for name, array in () if definition.refused else arrays[count:]:
        check(definition.name + " " + name, array)
    return arrays


def reset_states(model):
    for layer in model.layers:
        if hasattr(layer, "reset_states"):
            layer.reset_states()
        elif hasattr(layer, "reset_state"):
            layer.reset_state()


def make(dialect, definition):
    """The finished model: weights drawn, trained a little if the definition asks for it."""
    dialect.forget_names()
    described = definition.describe(dialect)
    model = dialect.made(described)
    if not model.built:
        model.build(definition.inputs(dialect, 0).shape)
    if definition.exact_kernels:
        randomised.assign_kernels_exact_in_binary(dialect, model, definition.name)
    else:
        randomised.randomise(dialect, model, definition.name)
    if definition.training is not None:
        numpy.random.seed(randomised.seed_of(definition.name))
        inputs, targets, compile_options, fit_options = definition.training(dialect)
        model.compile(**compile_options)
        model.fit(inputs, targets, verbose=0, shuffle=False, **fit_options)
    if definition.finish is not None:
        definition.finish(dialect, model)
    return model


def answering(dialect, model, definition):
    """The model itself, or its twin with the same weights, which Keras takes over from one class to the other."""
    if definition.twin is None:
        return model
    with tempfile.TemporaryDirectory() as folder:
        model.save_weights(folder + "/weights.h5")
        twin = dialect.made(definition.twin(dialect))
        twin.load_weights(folder + "/weights.h5")
    return twin


def save_whole(model, path):
    model.save(path + ".h5")


def save_archive(model, path):
    model.save(path + ".keras")


def save_weights(model, path):
    """The weights alone, and beside them the configuration they need."""
    model.save_weights(path + ".weights.h5")
    with open(path + ".json", "w") as file:
        file.write(model.to_json())


Form = collections.namedtuple("Form", "folder save endings writers models")

SOME_MODELS = ("coffee", "batchnorm", "nested", "lstm_text", "bidirectional")
# Models of texts, whose vocabularies are files in the archive: no other format has a place for them.
TEXT_MODELS = ("sentiment", "tags", "identifiers")
QUANTIZED_MODELS = (
    "quantized_int8", "quantized_int4", "quantized_int4_channels", "quantized_lora", "quantized_int8_lora", "quantized_float8",
    "quantized_reversible")
FUNCTIONAL_MODELS = ("functional_nested", "functional_attention", "functional_functions")
# The HDF5 of these is that of the releases around them; how they number weights is their own.
ONLY_ARCHIVES = ("tfkeras-2.12", "tfkeras-2.13")
# These are here for what a layer did in them alone.
ONLY_CASES = ("keras-3.7.0", "keras-3.12.0")
SOME_WRITERS = ("tfkeras-2.15", "keras-3.0.5", "keras-3.4.1", "keras-3.10.0", "keras-3.15.1")

# What a model is written as, and where: `folder` is relative to Fixtures; None means every writer, every model.
FORMS = [
    Form("", save_whole, (".h5",), None, None),
    Form("archives", save_archive, (".keras",), ("tfkeras-2.13",), ("coffee", "nested", "bidirectional")),
    # HDF5 whatever the name says.
    Form("named", save_archive, (".keras",), ("tfkeras-2.12",), ("nested",)),
    Form("weights", save_weights, (".weights.h5", ".json"), ("tfkeras-2.12",), ("nested", "bidirectional")),
    Form("archives", save_archive, (".keras",), SOME_WRITERS, SOME_MODELS + FUNCTIONAL_MODELS + QUANTIZED_MODELS),
    Form("texts", save_archive, (".keras",), ("keras-3.4.1", "keras-3.10.0", "keras-3.15.1"), TEXT_MODELS),
    Form("weights", save_weights, (".weights.h5", ".json"), SOME_WRITERS, SOME_MODELS),
    Form("weights", save_weights, (".weights.h5", ".json"), ("keras-1.2.2",), ("lstm_kinds", "nested")),
]


def forms_of(writer, name):
    """The forms in which `writer` writes the model called `name`."""
    return [form for form in FORMS
            if (writer not in ONLY_ARCHIVES + ONLY_CASES if form.writers is None else writer in form.writers) and (name not in TEXT_MODELS if form.models is None else name in form.models)
            and (writer, form.folder, name) not in skipped.SKIPPED]


def record(dialect, definition, fixtures):
    forms = forms_of(dialect.writer, definition.name)
    if not forms:
        return
    model = make(dialect, definition)
    arrays = recorded(dialect, answering(dialect, model, definition), definition, dialect.predict)
    for form in forms:
        folder = os.path.join(fixtures, form.folder, dialect.writer)
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, definition.name)
        for ending in form.endings + (".npz",):
            if os.path.exists(path + ending):
                os.remove(path + ending)
        form.save(model, path)
        write_npz(path + ".npz", arrays)
