"""Many small models in one file: their configurations, weights, inputs and answers, without a model file each.

`cases/<writer>/<family>.npz` has two members. `cases` is JSON text: a list of

    {"name", "refused": the key for which it is refused, if it is, "model": what `to_json` gives, "weights": [{"layer", "weights": [array]}], "arrays": [array]}

with array = {"name", "dtype", "shape"}; `data` is the elements of all those arrays, little-endian, one after the other. A text
(dtype "string") is its length in bytes, as a uint32, and its UTF-8.
Weights stand as a `.h5` file lists them; `arrays` are those that a model file has beside it.
"""

import io
import json
import os
import struct
import zipfile

import numpy

import record


def described(name, array):
    array = numpy.asarray(array)
    return {"name": name, "dtype": "string" if record.is_text(array) else array.dtype.name, "shape": list(array.shape)}


def stored(array):
    """The bytes of the elements."""
    array = numpy.ascontiguousarray(array)
    if not record.is_text(array):
        # (bfloat16 is a type of its own, with which NumPy knows no byte order.)
        return array.tobytes() if array.dtype.kind == "V" else array.astype(array.dtype.newbyteorder("<")).tobytes()
    texts = [text.encode("utf-8") for text in array.ravel()]
    return b"".join(struct.pack("<I", len(text)) + text for text in texts)


def stored_weights(layer):
    """As a legacy `.h5` file has them: all that is trained, then the rest."""
    if hasattr(layer, "_trainable_weights") or hasattr(layer, "_trainable_variables"):
        return list(layer.trainable_weights) + list(layer.non_trainable_weights)
    return list(layer.weights)


def write(path, entries, data):
    """A compressed archive with fixed dates, so that the same cases are the same bytes."""
    members = {"cases": json.dumps(entries, separators=(",", ":")).encode("ascii"), "data": b"".join(data)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            buffer = io.BytesIO()
            numpy.lib.format.write_array(buffer, numpy.frombuffer(content, "uint8"), version=(1, 0), allow_pickle=False)
            member = zipfile.ZipInfo(name + ".npy", date_time=(1980, 1, 1, 0, 0, 0))
            member.external_attr = 0o644 << 16
            archive.writestr(member, buffer.getvalue(), zipfile.ZIP_DEFLATED)


def record_family(dialect, family, backend, folder, failed, is_matrix):
    """Records the cases of the family that this release and backend write, for the matrix also those that are not kept;
    `failed(name, error)` hears of those that could not be made."""
    entries, data = [], []
    for definition in family.all:
        if (definition.backend or "tensorflow") != backend or not definition.writers(dialect):
            continue
        if definition.name in family.matrix_only and not is_matrix:
            continue
        try:
            model = record.make(dialect, definition)
            arrays = record.recorded(dialect, record.answering(dialect, model, definition), definition, dialect.called)
            groups = [(layer.name, [(dialect.variable_name(weight), dialect.value(weight)) for weight in stored_weights(layer)])
                      for layer in model.layers]
        except Exception as error:
            failed(definition.name, error)
            continue
        assert not any(entry["name"] == definition.name for entry in entries), definition.name
        entries.append({
            "name": definition.name, **({"refused": definition.refused} if definition.refused else {}), "model": json.loads(model.to_json()),
            "weights": [{"layer": layer, "weights": [described(*weight) for weight in weights]} for layer, weights in groups],
            "arrays": [described(*array) for array in arrays],
        })
        for _, array in [weight for _, weights in groups for weight in weights] + arrays:
            data.append(stored(array))
    if not entries:
        return
    os.makedirs(folder, exist_ok=True)
    name = family.name if backend == "tensorflow" else family.name + "-" + backend
    write(os.path.join(folder, name + ".npz"), entries, data)
