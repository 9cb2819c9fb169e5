#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Random access to bytes whose number is known: an open file, an array, what a function makes, or a part of any.
///
/// A file stays open for as long as a source, or anything made from it, is alive. Its size is fixed when it is opened; when
/// the file shrinks afterwards, reads fail with `.truncated`. Copies share the file. Reads may run concurrently.
public struct ByteSource: Sendable {
    private enum Storage: Sendable {
        case file(OpenFile)
        case memory([UInt8])
        case made(@Sendable (UInt64, inout MutableRawSpan) throws(KerasFileError) -> Void)
    }

    private let storage: Storage
    private let start: UInt64
    /// Number of bytes.
    public let size: UInt64
    /// Where the file was opened; nil for bytes that are not a whole file.
    public let path: String?

    /// Opens a regular file for reading; directories, devices and pipes are refused (`.notRegularFile`).
    public init(path: String) throws(KerasFileError) {
        let file = try OpenFile(path: path)
        storage = .file(file)
        start = 0
        size = file.size
        self.path = path
    }

    /// Bytes in memory.
    public init(_ bytes: [UInt8]) {
        storage = .memory(bytes)
        start = 0
        size = UInt64(bytes.count)
        path = nil
    }

    /// `size` bytes that do not lie anywhere as they are: `read` makes those from an offset on and fills its span with them. It is
    /// only asked for what there is, and may be asked from several threads at once.
    public init(size: UInt64, read: @escaping @Sendable (UInt64, inout MutableRawSpan) throws(KerasFileError) -> Void) {
        storage = .made(read)
        start = 0
        self.size = size
        path = nil
    }

    private init(storage: Storage, start: UInt64, size: UInt64) {
        self.storage = storage
        self.start = start
        self.size = size
        path = nil
    }

    /// The `count` bytes at `offset`, as a source of its own. Nothing is read or copied.
    public func slice(offset: UInt64, count: UInt64) throws(KerasFileError) -> ByteSource {
        try check(offset, count)
        return ByteSource(storage: storage, start: start + offset, size: count)
    }

    /// Reads `count` bytes at `offset`. Throws `.truncated`, before anything is allocated, when they are not all there.
    public func read(at offset: UInt64, count: Int) throws(KerasFileError) -> [UInt8] {
        try check(offset, UInt64(clamping: count))
        var bytes = [UInt8](repeating: 0, count: count)
        var elements = bytes.mutableSpan
        var span = elements.mutableBytes
        try read(at: offset, into: &span)
        return bytes
    }

    /// Fills `destination` with the bytes at `offset`. Throws `.truncated` when there are fewer.
    public func read(at offset: UInt64, into destination: inout MutableRawSpan) throws(KerasFileError) {
        let count = destination.byteCount
        try check(offset, UInt64(count))
        guard count > 0 else { return }
        switch storage {
        case .file(let file):
            try file.read(at: start + offset, into: &destination)
        case .made(let read):
            try read(start + offset, &destination)
        case .memory(let bytes):
            let first = Int(start + offset)
            let part = bytes[first..<first + count]  // bounds are checked here
            destination.withUnsafeMutableBytes { target in
                part.withUnsafeBytes { target.copyMemory(from: $0) }
            }
        }
    }

    private func check(_ offset: UInt64, _ count: UInt64) throws(KerasFileError) {
        guard offset <= size, count <= size - offset else {
            throw KerasFileError(.truncated(needed: count, available: offset <= size ? size - offset : 0), offset: offset)
        }
    }
}

/// An open file that closes itself.
private final class OpenFile: Sendable {
    let descriptor: Int32
    let size: UInt64

    init(path: String) throws(KerasFileError) {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw KerasFileError(.cannotOpen(errno: errno)) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let problem = errno
            close(descriptor)
            throw KerasFileError(.cannotOpen(errno: problem))
        }
        guard status.st_mode & S_IFMT == S_IFREG, let size = UInt64(exactly: status.st_size) else {
            close(descriptor)
            throw KerasFileError(.notRegularFile)
        }
        self.descriptor = descriptor
        self.size = size
    }

    deinit { close(descriptor) }

    /// Fills `destination`; the caller has checked that the range lies within `size`.
    func read(at offset: UInt64, into destination: inout MutableRawSpan) throws(KerasFileError) {
        let count = destination.byteCount
        var done = 0
        var problem: Int32 = 0
        destination.withUnsafeMutableBytes { target in
            while done < count {
                // One call of the kernel moves less than 2 GiB.
                let part = UnsafeMutableRawBufferPointer(rebasing: target[done..<min(count, done + (1 << 30))])
                let got = pread(descriptor, part.baseAddress, part.count, off_t(offset) + off_t(done))
                if got > 0 {
                    done += got
                } else if got == 0 {
                    return
                } else if errno != EINTR {
                    problem = errno
                    return
                }
            }
        }
        if problem != 0 { throw KerasFileError(.readFailed(errno: problem), offset: offset) }
        if done < count {
            throw KerasFileError(.truncated(needed: UInt64(count), available: UInt64(done)), offset: offset)
        }
    }
}
