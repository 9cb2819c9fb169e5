import CHDF5
import Synchronization

/// libhdf5, loaded on first use.
struct HDF5Library: Sendable {
    let functions: nnconv_hdf5

    /// Runs `body`. Not every libhdf5 can be used by several threads, so there is one user at a time.
    static func use<Result: Sendable>(
        _ body: (nnconv_hdf5) throws(KerasWriterError) -> Result
    ) throws(KerasWriterError) -> Result {
        let library = try loaded.get()
        return try lock.withLock { _ throws(KerasWriterError) in try body(library.functions) }
    }

    private static let lock = Mutex(())

    private static let loaded: Result<HDF5Library, KerasWriterError> = {
        var status = nnconv_hdf5_missing
        if let functions = unsafe nnconv_hdf5_load(&status) { return .success(HDF5Library(functions: unsafe functions.pointee)) }
        let isThere = status == nnconv_hdf5_unsuitable
        return .failure(isThere ? .libraryUnsuitable(release: release) : .libraryMissing(release: release))
    }()

    /// The release whose header this was compiled with.
    private static let release = "\(H5_VERS_MAJOR).\(H5_VERS_MINOR)"
}

/// Something of libhdf5's that must be closed.
struct HDF5Handle: ~Copyable {
    let id: hid_t
    private let close: (hid_t) -> herr_t

    /// Takes what a function of libhdf5 returned; negative is its way to fail. `path` is for the error.
    init(_ id: hid_t, _ path: String, _ close: @escaping (hid_t) -> herr_t) throws(KerasWriterError) {
        guard id >= 0 else { throw .hdf5(path: path) }
        self.id = id
        self.close = close
    }

    deinit { _ = close(id) }
}
