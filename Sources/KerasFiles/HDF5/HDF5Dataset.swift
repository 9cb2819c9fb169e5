/// A stored tensor and what is said about it.
public struct HDF5Dataset: Sendable {
    /// The last component of `path`.
    public let name: String
    /// From the root: `/model_weights/dense/dense/kernel:0`.
    public let path: String
    public let attributes: HDF5Attributes
    /// The elements; nothing is read yet.
    public let tensor: Tensor

    public var elementType: ElementType { tensor.elementType }
    /// Extents, outermost first; empty for a scalar.
    public var shape: [Int] { tensor.shape }
    public var byteCount: Int { tensor.byteCount }
}
