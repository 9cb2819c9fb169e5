"""Writes the tensor files beside this script, with numpy 2.4.6 under Python 3.11. Nothing here is random."""
import json
import zipfile

import numpy as np
from numpy.lib import format as npy

# Arrays of every element type hold 0, 1, 2 ... in the shape [2, 3]; bool: false, true, false ...
for name in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
    np.save(f"{name}.npy", np.arange(6, dtype=name).reshape(2, 3))
np.save("bool.npy", (np.arange(6) % 2 == 1).reshape(2, 3))
np.save("big-endian-f4.npy", np.arange(6, dtype=">f4").reshape(2, 3))
np.save("big-endian-i8.npy", np.arange(6, dtype=">i8").reshape(2, 3))
np.save("fortran-f4.npy", np.asfortranarray(np.arange(24, dtype="f4").reshape(2, 3, 4)))
np.save("scalar-f8.npy", np.float64(-0.5))
np.save("empty-f4.npy", np.zeros((0, 3), "f4"))
np.save("special-f4.npy", np.array([np.nan, np.inf, -np.inf, -0.0, 1e-45, 3.4028235e38, 0.1], "f4"))
np.save("special-f2.npy", np.array([np.nan, np.inf, -np.inf, -0.0, 2**-24, 65504, 0.1], "f2"))
np.save("extreme-i8.npy", np.array([-(2**63), -1, 2**24, 2**24 + 1, 2**63 - 1], "i8"))
np.save("text-u.npy", np.array([["a", "Grüße"], ["", "日本 🎈"]]))
np.save("big-endian-text-u.npy", np.array([["a", "Grüße"], ["", "日本 🎈"]]).astype(">U5"))
np.save("text-s.npy", np.array([b"ab", b"", b"cde"]))
for version in [(2, 0), (3, 0)]:
    with open(f"version{version[0]}-f4.npy", "wb") as file:
        npy.write_array(file, np.arange(6, dtype="f4").reshape(2, 3), version=version)

# What is refused by name.
np.save("refused-complex.npy", np.zeros(2, "c8"))
np.save("refused-structured.npy", np.zeros(2, [("x", "f4"), ("y", "i4")]))
np.save("refused-object.npy", np.array([1, None], object), allow_pickle=True)
np.save("refused-date.npy", np.zeros(2, "M8[s]"))

arrays = {"x": np.arange(6, dtype="f4").reshape(2, 3), "X": np.arange(3), "dense/kernel:0": np.float32(2.5)}
np.savez("stored.npz", **arrays)
np.savez_compressed("deflated.npz", **arrays, zeros=np.zeros(20000, "u1"))
with zipfile.ZipFile("not-arrays.zip", "w") as archive:
    archive.writestr(zipfile.ZipInfo("config.json"), "{}")

np.savetxt("savetxt.txt", np.arange(6).reshape(2, 3) / 4)
np.savetxt("savetxt.csv", np.arange(6).reshape(2, 3) / 4, delimiter=",", header="a,b,c")
with open("dumps.json", "w") as file:
    json.dump({"x": (np.arange(6).reshape(2, 3) / 4).tolist(), "n": [1, 2], "s": 3, "odd": [float("nan"), float("-inf"), 1e-7]}, file)

# numpy-1.18.npz is by numpy 1.18.5 under Python 3.7: np.savez("numpy-1.18.npz", a=np.arange(3, dtype="float32"))
