import KerasFiles

/// A tensor on its way into a file: the stored bytes, or these times a factor.
struct WrittenTensor: Sendable {
    var tensor: Tensor

    init(_ tensor: Tensor) { self.tensor = tensor }
}
