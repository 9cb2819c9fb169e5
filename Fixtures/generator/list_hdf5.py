"""Lists what h5py finds in HDF5 files: the oracle for our own reader.

    python list_hdf5.py FOLDER > FOLDER/listings.txt    every file below: path, number of objects, checksum of the listing
    python list_hdf5.py FILE                            the listing itself

`Tests/KerasFilesTests/Listing.swift` makes the same listing with our reader. Needs h5py.
"""
import os
import sys
import zlib

import h5py
import numpy as np

NUMBERS = {np.dtype("<" + code): name for code, name in {
    "f2": "float16", "f4": "float32", "f8": "float64", "i1": "int8", "i2": "int16", "i4": "int32", "i8": "int64",
    "u1": "uint8", "u2": "uint16", "u4": "uint32", "u8": "uint64"}.items()}
NUMBERS[np.dtype("V2")] = "bfloat16"
NUMBERS[np.dtype(bool)] = "bool"
PADDINGS = {h5py.h5t.STR_NULLTERM: "nullTerminated", h5py.h5t.STR_NULLPAD: "nullPadded", h5py.h5t.STR_SPACEPAD: "spacePadded"}
CHARSETS = {h5py.h5t.CSET_ASCII: "ascii", h5py.h5t.CSET_UTF8: "utf8"}


def checksum(data):
    return "%08x" % zlib.crc32(data)


def shape_text(shape):
    return "[" + ", ".join(map(str, shape)) + "]"


def to_bytes(value):
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogateescape")


def attribute_text(path, attributes, name):
    identifier = attributes.get_id(name)
    kind = identifier.get_type()
    value = attributes[name]
    if isinstance(kind, h5py.h5t.TypeStringID):
        charset = CHARSETS[kind.get_cset()]
        if kind.is_variable_str():
            text = "variable-" + charset
        else:
            text = "fixed%d-%s-%s" % (kind.get_size(), PADDINGS[kind.get_strpad()], charset)
        values = [value] if identifier.shape == () else list(np.asarray(value).ravel())
        data = b"".join(to_bytes(v) + b"\0" for v in values)
    else:
        text = NUMBERS[np.dtype(identifier.dtype)]
        data = np.asarray(value).tobytes()
    return "A %s %s %s %s %s\n" % (path, name, text, checksum(data), shape_text(identifier.shape))


def listing(item):
    path = item.name
    if isinstance(item, h5py.Group):
        yield "G %s\n" % path
    else:
        yield "D %s %s %s %s\n" % (path, NUMBERS[item.dtype], shape_text(item.shape), checksum(np.asarray(item[()]).tobytes()))
    for name in sorted(item.attrs, key=to_bytes):
        yield attribute_text(path, item.attrs, name)
    if isinstance(item, h5py.Group):
        for name in sorted(item, key=to_bytes):
            yield from listing(item[name])


def list_file(path):
    with h5py.File(path, "r") as file:
        return list(listing(file["/"]))


def main(target):
    if not os.path.isdir(target):
        sys.stdout.write("".join(list_file(target)))
        return
    for folder, folders, files in os.walk(target):
        folders[:] = sorted(f for f in folders if f not in ("hostile", "refused", "recognition"))
        for name in sorted(files):
            if name.endswith(".h5"):
                path = os.path.join(folder, name)
                lines = list_file(path)
                objects = sum(line[0] in "GD" for line in lines)
                print(os.path.relpath(path, target), objects, checksum("".join(lines).encode("utf-8", "surrogateescape")))


if __name__ == "__main__":
    main(sys.argv[1])
