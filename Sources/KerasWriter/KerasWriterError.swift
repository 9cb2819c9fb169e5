import FileOutput
import KerasFiles

/// Why a Keras file could not be written.
public enum KerasWriterError: Error, Sendable, Equatable {
    /// libhdf5 is not installed. `release` is the one that is needed: `1.10`.
    case libraryMissing(release: String)
    /// The libhdf5 that is installed is not the release that is needed.
    case libraryUnsuitable(release: String)
    /// libhdf5 refused to make the object at `path`.
    case hdf5(path: String)
    /// A weight could not be read from where it is; `path` is where it was to go.
    case reading(KerasFileError, path: String)
    case writing(OutputFileError)
    /// Two objects would have the same path in the file, or one would lie inside another that is no group.
    case nameTaken(path: String)
    /// A name does not fit the header of an object, or has a zero byte in it.
    case name(String)
    /// The model says things that the dialect has no way to say: all of them.
    case cannotBeExpressed([Unexpressible])
    /// A model from a file of this format cannot be written in that format and dialect.
    case unsupported(from: KerasFormat, to: KerasFormat, KerasDialect)
}
