"""Makes a model with the Keras that is installed, runs it, and writes the file and what it answered."""

import io
import os
import zipfile

import numpy

import randomised


def write_npz(path, arrays):
    """As `numpy.savez` writes, but with a fixed date, so that the same arrays are the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays:
            buffer = io.BytesIO()
            contiguous = numpy.ascontiguousarray(array)
            little = contiguous.astype(contiguous.dtype.newbyteorder("<"))
            numpy.lib.format.write_array(buffer, little, version=(1, 0), allow_pickle=False)
            member = zipfile.ZipInfo(name + ".npy", date_time=(1980, 1, 1, 0, 0, 0))
            member.external_attr = 0o644 << 16
            archive.writestr(member, buffer.getvalue())


def check(name, output):
    """A fixture that would pass whatever we compute is refused here."""
    if not numpy.all(numpy.isfinite(output)):
        raise ValueError("%s: output is not finite" % name)
    if output.size > 1 and float(numpy.ptp(output)) < 1e-4:
        raise ValueError("%s: output is constant" % name)


def recorded(dialect, model, definition):
    """(array name, array) pairs: inputs, outputs of a fresh model, and for a stateful one the outputs of a second
    run that continues from the first."""
    inputs = definition.inputs(dialect, randomised.seed_of("inputs of " + definition.name))
    arrays = [("input_0", inputs)]
    if definition.stateful:
        reset_states(model)
    outputs = dialect.predict(model, inputs)
    arrays += [("output_%d" % index, numpy.asarray(output, "float32")) for index, output in enumerate(outputs)]
    if definition.stateful:
        again = dialect.predict(model, inputs)
        arrays += [("second_output_%d" % index, numpy.asarray(output, "float32")) for index, output in enumerate(again)]
        reset_states(model)
    for name, array in arrays[1:]:
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
    return model


def record(dialect, definition, folder):
    model = make(dialect, definition)
    path = os.path.join(folder, definition.name)
    arrays = recorded(dialect, model, definition)
    for old in (path + ".h5", path + ".npz"):
        if os.path.exists(old):
            os.remove(old)
    model.save(path + ".h5")
    write_npz(path + ".npz", arrays)
