/// An HDF5 file of the kind that Keras writes: superblock version 0, version 1 object headers, hard links, contiguous datasets;
/// groups with symbol tables, or of the newer kind where a layer's name is not ASCII. (All of 1,003 files by Keras 1.2 to
/// 3.15 are of this kind.) Anything else is refused by name with `.unsupportedFeature`; `h5repack -l CONTI -f NONE` turns most
/// other HDF5 files into this kind.
///
/// All structures are read and checked when the file is opened: afterwards nothing but reading tensor data can fail. No two
/// structures share a byte of the file, so what is produced is bounded by the file's size, and no cycle can exist.
public struct HDF5File: Sendable {
    public let root: HDF5Group

    /// Opens the file at a path. See ``init(source:limits:)``.
    public init(path: String, limits: Limits = Limits()) throws(KerasFileError) {
        try self.init(source: try ByteSource(path: path), limits: limits)
    }

    /// Reads every structure of `source`, but no tensor data. Takes time and memory in proportion to the structures, not to
    /// the tensors. Throws `.notHDF5`, `.truncated`, `.malformed`, `.unsupportedFeature` or `.limitExceeded`.
    public init(source: ByteSource, limits: Limits = Limits()) throws(KerasFileError) {
        var reader = try HDF5Reader(source, limits: limits)
        root = try reader.root()
    }

    /// Whether the source begins like an HDF5 file.
    public static func recognizes(_ source: ByteSource) throws(KerasFileError) -> Bool {
        try Superblock.hasSignature(source, at: 0)
    }
}
