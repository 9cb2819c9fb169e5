#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of an ``OutputFile``. Several threads may write them at once, each at its own place; they stay open for as long as a value
/// is there, but only the file can give them their name.
public struct OutputBytes: Sendable {
    private let file: OpenFile
    private let path: String

    private final class OpenFile: Sendable {
        let descriptor: Int32
        init(_ descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }
    }

    /// Takes an open file; `path` is for errors.
    init(_ descriptor: Int32, path: String) {
        file = OpenFile(descriptor)
        self.path = path
    }

    var descriptor: Int32 { file.descriptor }

    /// Writes bytes at any place; bytes never written in between are zero.
    public func write(at offset: UInt64, _ bytes: RawSpan) throws(OutputFileError) {
        _ = try end(offset, bytes.byteCount)
        var done = 0
        while done < bytes.byteCount {
            let written = unsafe bytes.extracting(droppingFirst: done).withUnsafeBytes {
                unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset) + off_t(done))
            }
            if written > 0 {
                done += written
            } else if written == 0 || errno != EINTR {
                throw OutputFileError(path, .write, written == 0 ? EIO : errno)
            }
        }
    }

    /// Fills `destination` with what was written at `offset`. Bytes that were never written are zero.
    public func read(at offset: UInt64, into destination: inout MutableRawSpan) throws(OutputFileError) {
        let count = destination.byteCount
        _ = try end(offset, count)
        let problem: Int32 = unsafe destination.withUnsafeMutableBytes { target in
            var done = 0
            while done < count {
                let part = unsafe UnsafeMutableRawBufferPointer(rebasing: target[done...])
                let got = unsafe pread(descriptor, part.baseAddress, part.count, off_t(offset) + off_t(done))
                if got > 0 {
                    done += got
                } else if got == 0 {
                    unsafe part.initializeMemory(as: UInt8.self, repeating: 0)
                    return 0
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
        guard problem == 0 else { throw OutputFileError(path, .write, problem) }
    }

    /// One past the last of so many bytes, which must be a place in a file.
    func end(_ offset: UInt64, _ count: Int) throws(OutputFileError) -> UInt64 {
        let (end, overflow) = offset.addingReportingOverflow(UInt64(count))
        guard !overflow, end <= UInt64(Int64.max) else { throw OutputFileError(path, .write, EFBIG) }
        return end
    }

    /// Hears of errors that writing was spared: a network's file system tells them when a descriptor is closed. With `toDevice`, also waits
    /// until the bytes would survive a loss of power.
    func flush(toDevice: Bool) throws(OutputFileError) {
        if toDevice, fsync(descriptor) != 0 { throw OutputFileError(path, .write) }
        let copy = dup(descriptor)
        guard copy >= 0, close(copy) == 0 || errno == EINTR else { throw OutputFileError(path, .write) }
    }
}
