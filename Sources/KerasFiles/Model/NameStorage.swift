/// How legacy HDF5 stores its lists of names. It tells nothing but which h5py the writer had, and is kept so that the same file can be
/// made again.
public enum NameStorage: String, Sendable, Equatable, CaseIterable {
    /// Padded with zeros to the length of the longest: h5py 2.
    case fixedLength
    /// h5py 3.
    case variableLength
}
