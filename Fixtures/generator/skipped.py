"""Fixtures that a release cannot write, and why: (writer, folder of the form, model)."""

CLASHING_NAMES = "Keras 3.0 to 3.2 store weights in .h5 under bare names; two kernels in one layer's group cannot be saved"

SKIPPED = {
    ("keras-3.0.5", "", "nested"): CLASHING_NAMES,
    ("keras-3.0.5", "", "bidirectional"): CLASHING_NAMES,
    ("keras-3.0.5", "", "bidirectional_sum"): CLASHING_NAMES,
    ("keras-3.0.5", "", "bidirectional_mask"): CLASHING_NAMES,
    ("keras-3.0.5", "", "masked_bidirectional"): CLASHING_NAMES,
    ("keras-3.0.5", "", "functional_nested"): CLASHING_NAMES,
    ("keras-3.0.5", "", "functional_attention"): CLASHING_NAMES,
}
