"""Makes Fixtures/hdf5: small files that show what HDF5 can do, for the tests of our own reader.

    python make_hdf5.py FOLDER

`accepted` has what Keras's writers produce, `refused` one file for each feature that Keras never uses. Needs h5py.
"""
import os
import sys

import h5py
import numpy as np

ACCEPTED, REFUSED = {}, {}


def accepted(make):
    ACCEPTED[make.__name__] = make


def refused(make):
    REFUSED[make.__name__] = make


@accepted
def types(file):
    """Every element type, several ranks, every kind of attribute."""
    for code in "f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8".split():
        kind = np.dtype("<" + code)
        file["numbers/" + kind.name] = np.array([[0, 1, 2], [3, 100, 7]], kind)
    file["numbers/bool"] = np.array([True, False, True])
    file["numbers/bfloat16"] = np.array([0x3F80, 0xC000, 0x7FC1], "<u2").view("V2")
    file["ranks/scalar"] = np.float32(0.5)
    file["ranks/empty"] = np.zeros((0, 3), "f4")
    file["ranks/five"] = np.arange(32, dtype="f4").reshape(2, 2, 2, 2, 2)
    file["ranks/one"] = np.arange(3, dtype="f8")
    file["ranks/one"].attrs["name"] = "on a dataset"
    variable, ascii_variable = h5py.string_dtype(), h5py.string_dtype("ascii")
    file.attrs["variable"] = "grün"
    file.attrs["variable ascii"] = b"plain"
    file.attrs["variable empty"] = ""
    file.attrs["variable list"] = np.array(["a", "", "漢字"], dtype=variable)
    file.attrs.create("ascii label, utf-8 text", "grün".encode(), dtype=ascii_variable)
    file.attrs["fixed list"] = np.array([b"layer", b"x"])
    file.attrs["fixed scalar"] = np.bytes_(b"one")
    file.attrs.create("fixed utf-8", "grün".encode(), dtype=h5py.string_dtype(length=8))
    file.attrs["no names"] = []
    file.attrs["one name"] = [b"only"]
    file.attrs["float"] = 0.25
    file.attrs["int"] = -7
    file.attrs["matrix"] = np.array([[1, 2], [3, 4]], "i4")
    file.attrs["flag"] = True
    file.attrs["flags"] = np.array([True, False])
    file.attrs["größe"] = np.uint8(200)


@accepted
def members(file):
    """More members than one node of a group's tree holds, in an order that splits nodes."""
    for index in sorted(range(150), key=lambda index: index * 67 % 150):
        file["member_%d" % index] = np.int8(index % 100)


@accepted
def attributes(file):
    """More attributes than one object header block holds."""
    for index in range(40):
        file.attrs["attribute %d" % index] = float(index)


@accepted
def parts(file):
    """A list of names in parts, as Keras stores one that does not fit."""
    group = file.create_group("model_weights")
    group.attrs["layer_names0"] = np.array([b"a", b"bb"])
    group.attrs["layer_names1"] = np.array([b"ccc"])
    for name in ["a", "bb", "ccc"]:
        group.create_group(name).attrs["weight_names"] = []


@accepted
def compact(file):
    """A dataset inside its object header."""
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((4,))
    dataset = h5py.h5d.create(file.id, b"compact", h5py.h5t.IEEE_F32LE, space, properties)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(4, dtype="f4"))


@accepted
def links(file):
    """Names beyond ASCII, which no symbol table holds: in messages, and in a heap with an index of two levels."""
    for index in range(3):
        file["few/größe %d" % index] = np.int8(index)
    file["few/plain"] = np.int8(3)
    for index in range(60):
        file["many/漢字 number %d" % (index * 37 % 60)] = np.int8(index * 37 % 60)


@accepted
def two(file):
    """Two datasets and one string: small enough to break in every way."""
    file["group/a"] = np.arange(4, dtype="f4")
    file["group/b"] = np.arange(4, 8, dtype="f4")
    file.attrs["names"] = np.array(["first", "second"], dtype=h5py.string_dtype())


@refused
def chunked_layout(file):
    file.create_dataset("a", data=np.zeros(4), chunks=(2,))


@refused
def filters(file):
    file.create_dataset("a", data=np.zeros(4), chunks=(2,), compression="gzip")


@refused
def resizable_dataspace(file):
    file.create_dataset("a", data=np.zeros(4), maxshape=(None,))


@refused
def null_dataspace(file):
    file["a"] = h5py.Empty("f4")


@refused
def big_endian(file):
    file["a"] = np.zeros(3, ">f4")


@refused
def big_endian_integer(file):
    file["a"] = np.zeros(3, ">i4")


@refused
def string_dataset(file):
    file["a"] = "text"


@refused
def compound_type(file):
    file["a"] = np.zeros(2, [("x", "f4")])


@refused
def array_type(file):
    file.create_dataset("a", (2,), np.dtype(("f4", (2,))))[...] = np.ones((2, 2), "f4")


@refused
def reference_type(file):
    file.attrs["a"] = file.ref


@refused
def sequence_type(file):
    file.create_dataset("a", (1,), h5py.vlen_dtype("i4"))[0] = np.array([1, 2], "i4")


@refused
def enumeration(file):
    file["a"] = np.array([0, 1], h5py.enum_dtype({"FALSE": 0, "TRUE": 2}, "i1"))


@refused
def long_double(file):
    file["a"] = np.zeros(2, "g")


@refused
def tagged_opaque(file):
    file["a"] = np.zeros(2, h5py.opaque_dtype(np.dtype("M8[s]")))


@refused
def soft_link(file):
    file["a"] = 1
    file["b"] = h5py.SoftLink("/a")


@refused
def external_link(file):
    file["b"] = h5py.ExternalLink("other.h5", "/a")


@refused
def soft_link_in_message(file):
    file["größe"] = 1
    file["b"] = h5py.SoftLink("/größe")


@refused
def long_link_names(file):
    for index in range(9):
        file["größe %d" % index + "x" * (4100 if index == 0 else 0)] = 1


@refused
def hard_link(file):
    file["a"] = 1
    file["b"] = file["a"]


@refused
def cycle(file):
    file.create_group("a")
    file["a/b"] = file["/"]


@refused
def committed_datatype(file):
    file["a"] = np.dtype("f4")


@refused
def shared_datatype(file):
    file["type"] = np.dtype("f4")
    file.create_dataset("a", (2,), file["type"])[...] = 1


@refused
def external_storage(file):
    file.create_dataset("a", (2,), "f4", external=[("other.bin", 0, 8)])


@refused
def virtual_layout(file):
    layout = h5py.VirtualLayout((4,), "f4")
    layout[:] = h5py.VirtualSource("other.h5", "a", (4,))
    file.create_virtual_dataset("a", layout)


@refused
def unwritten_dataset(file):
    file.create_dataset("a", (4,), "f4")


@refused
def shape_bomb(file):
    file.create_dataset("a", (1 << 40,), "f4")


@refused
def creation_order(file):
    file.create_group("a", track_order=True)


@refused
def rank_nine(file):
    file["a"] = np.zeros((1,) * 9)


def options(name):
    return {"newest_format": {"libver": "latest"}, "user_block": {"userblock_size": 512}}.get(name, {})


@refused
def newest_format(file):
    file["a"] = 1


@refused
def user_block(file):
    file["a"] = 1


def main(target):
    for folder, makers in [("accepted", ACCEPTED), ("refused", REFUSED)]:
        os.makedirs(os.path.join(target, folder), exist_ok=True)
        for name, make in makers.items():
            with h5py.File(os.path.join(target, folder, name + ".h5"), "w", **options(name)) as file:
                make(file)


if __name__ == "__main__":
    main(sys.argv[1])
