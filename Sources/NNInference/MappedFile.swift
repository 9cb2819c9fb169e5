#if !hasFeature(Embedded)
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Why a model file could not be opened.
    public enum OpenError: Error, Hashable, Sendable {
        /// The system's error number, of opening or mapping.
        case system(errno: Int32)
        case notARegularFile
        case format(FormatError)
    }

    extension Model {
        /// Opens a model file by mapping it: pages are read when they are used.
        ///
        /// The file must not be changed while the model lives. Writers of `.nnc` replace files as a whole, which is safe.
        public convenience init(path: String) throws(OpenError) {
            let bytes = try mapFile(path)
            do throws(FormatError) {
                try self.init(bytes)
            } catch {
                throw OpenError.format(error)
            }
        }
    }

    private func mapFile(_ path: String) throws(OpenError) -> ModelBytes {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw OpenError.system(errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw OpenError.system(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw OpenError.notARegularFile }
        guard let count = Int(exactly: status.st_size) else { throw OpenError.system(errno: EFBIG) }
        // An empty file cannot be mapped; it is refused like any other that is too short.
        guard count > 0 else { return ModelBytes(copying: []) }
        guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw OpenError.system(errno: errno)
        }
        return ModelBytes(mapped: UnsafeRawPointer(address), count: count)
    }

    func unmapFile(_ address: UnsafeRawPointer, _ count: Int) {
        munmap(UnsafeMutableRawPointer(mutating: address), count)
    }
#endif
