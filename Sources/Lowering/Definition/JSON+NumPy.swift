import KerasFiles

extension JSON {
    /// The value without the wrapping in which Keras writes a NumPy array or scalar: `{"type": "ndarray", "value": ...}` up to
    /// Keras 2.2, `{"class_name": "__numpy__", "config": {"value": ..., "dtype": ...}}` from TensorFlow 2.15 on.
    var withoutNumPy: JSON {
        if let value = self["value"], self["type"]?.stringValue == "ndarray" || self["type"]?.stringValue == "numpy.ndarray" { return value }
        if let value = self["config"]?["value"], self["class_name"]?.stringValue == "__numpy__" { return value }
        return self
    }
}
