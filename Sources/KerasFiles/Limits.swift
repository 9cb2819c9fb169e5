/// How much of a file is believed before it is refused. Strict by default: far above anything a Keras release has written,
/// far below what hurts.
///
/// Tensor data needs no figure here: it lies in the file byte for byte, so it cannot be larger than the file.
public struct Limits: Sendable, Equatable {
    /// Bytes of one JSON text. The largest configuration seen in a published model has 89 KB.
    public var jsonBytes = 64 << 20
    /// Arrays and objects inside one another. Published models: 11.
    public var jsonDepth = 128
    /// Values (of any kind) in one JSON text. Published models: 6,040.
    public var jsonNodes = 5_000_000

    /// Groups inside one another. Published models: 6.
    public var groupDepth = 32
    /// Groups and datasets in one file.
    public var objects = 200_000
    /// Links in one group.
    public var groupMembers = 100_000
    /// Attributes of one object.
    public var attributes = 10_000
    /// Bytes of the name of one member of an archive.
    public var nameBytes = 4_096
    /// Bytes of the name of one HDF5 group, dataset or attribute. A layer's name can be no longer, since it has to fit an attribute.
    public var linkNameBytes = 1 << 16
    /// Bytes of one object header with its continuations.
    public var headerBytes = 16 << 20
    /// Bytes of all HDF5 structures, that is of everything but tensor data.
    public var metadataBytes = 256 << 20
    /// Bytes of all strings, names and paths that reading produces, with 16 more for each (many references may share one
    /// stored string).
    public var stringBytes = 64 << 20
    /// Dimensions of a dataset or an attribute.
    public var rank = 8

    /// Layers inside one another: models in models, wrappers, cells. Published models: 4.
    public var layerDepth = 24

    /// Members of a zip archive. Keras writes three, and one per asset.
    public var archiveMembers = 1_000
    /// Bytes that all compressed members of an archive may have together when inflated. Keras stores its members uncompressed.
    public var inflatedBytes: UInt64 = 512 << 20

    public init() {}
}

extension Limits {
    /// Throws `.limitExceeded` when `found` is more than `allowed`.
    static func check(
        _ limit: KerasFileError.Limit, _ found: Int, _ allowed: Int, at offset: UInt64? = nil
    ) throws(KerasFileError) {
        guard found > allowed else { return }
        throw KerasFileError(
            .limitExceeded(limit, found: UInt64(clamping: found), limit: UInt64(clamping: allowed)), offset: offset)
    }
}
