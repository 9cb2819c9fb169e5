"""STFTSpectrogram: every mode, frames that overlap and do not, one channel and several."""

from definition import Family
from described import layers as k

FAMILY = Family("spectrogram")
NEW = ("keras-3.15.1",)
OPTIONS = {
    "mode": ("log", "magnitude", "psd", "real", "imag", "stft"), "frame": ((8, None, None), (6, 4, 8), (7, 2, 16), (5, 5, None)),
    "padding": ("valid", "same"), "expand_dims": (False, True), "channels": (1, 3), "scaling": ("density", "spectrum", None),
    "window": ("hann", "hamming", None), "periodic": (False, True),
}


def row(order):
    def layer(frame, channels, **options):
        shape = (37, channels) if order == "channels_last" else (channels, 37)
        return shape, [k.STFTSpectrogram(frame_length=frame[0], frame_step=frame[1], fft_length=frame[2], data_format=order, **options)]
    return layer


def is_asked(window, periodic, scaling, channels, **_):
    """Few of the combinations are enough where options do not meet."""
    return (window is not None or not periodic) and (scaling == "density" or channels == 1)


FAMILY.grid("stft", NEW, OPTIONS, row("channels_last"), is_asked)
# TensorFlow's convolutions do not run channels first.
FAMILY.grid("stft channels first", NEW, dict(OPTIONS, scaling=("density",), window=("hann",), periodic=(False,)), row("channels_first"), backend="jax")
