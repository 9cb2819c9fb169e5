#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that appears under its name complete, or not at all.
///
/// Bytes go to an unnamed file in the target's folder (Linux `O_TMPFILE`: an interrupted process leaves nothing behind) or,
/// where the file system has none, to a temporary name beside the target. ``commit()`` flushes them to the device and gives
/// them their name in one step; a value that is dropped without it leaves no trace.
///
/// The target must not exist unless `replacing` is set, must then be a regular file, and is never reached through a symbolic
/// link: a link as the last path component is refused, and one that appears later is replaced, not followed.
public struct OutputFile: ~Copyable {
    /// The name the file gets.
    public let path: String
    /// One past the last byte written so far; ``write(_:)-(RawSpan)`` continues here.
    public private(set) var length: UInt64 = 0

    private let folder: Folder
    private let name: String
    private let replacing: Bool
    private var descriptor: Int32
    /// The name the bytes have meanwhile; nil for an unnamed file.
    private var temporaryName: String?

    /// Opens the temporary file. Throws when the target exists and `replacing` is false, is not a regular file, or when its
    /// folder cannot be written to. A replaced file's permissions are kept.
    public init(path: String, replacing: Bool = false) throws(OutputFileError) {
        try self.init(path: path, replacing: replacing, unnamed: true)
    }

    /// `unnamed` false is for tests: what happens on a system without unnamed files.
    init(path: String, replacing: Bool, unnamed: Bool) throws(OutputFileError) {
        let (folderPath, name) = try Folder.split(path)
        let folder = try Folder(path: folderPath, target: path)
        let permissions = try folder.permissionsOfTarget(name, path: path, replacing: replacing)
        let temporary = try folder.openTemporary(unnamed: unnamed, permissions: permissions, target: path)
        self.path = path
        self.folder = folder
        self.name = name
        self.replacing = replacing
        descriptor = temporary.descriptor
        temporaryName = temporary.name
    }

    deinit {
        if let temporaryName { folder.remove(temporaryName) }
        close(descriptor)
    }

    /// Appends bytes at ``length``.
    public mutating func write(_ bytes: RawSpan) throws(OutputFileError) {
        try write(at: length, bytes)
    }

    /// Appends bytes at ``length``.
    public mutating func write(_ bytes: [UInt8]) throws(OutputFileError) {
        try write(at: length, bytes.span.bytes)
    }

    /// Writes bytes at any place, before or past ``length``; bytes never written in between are zero.
    public mutating func write(at offset: UInt64, _ bytes: RawSpan) throws(OutputFileError) {
        let (end, overflow) = offset.addingReportingOverflow(UInt64(bytes.byteCount))
        guard !overflow, end <= UInt64(Int64.max) else { throw OutputFileError(path, .write, EFBIG) }
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
        length = max(length, end)
    }

    /// Fills `destination` with what was written at `offset`. Bytes that were never written are zero.
    public func read(at offset: UInt64, into destination: inout MutableRawSpan) throws(OutputFileError) {
        let count = destination.byteCount
        let (end, overflow) = offset.addingReportingOverflow(UInt64(count))
        guard !overflow, end <= UInt64(Int64.max) else { throw OutputFileError(path, .write, EFBIG) }
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

    /// Flushes the bytes to the device and gives them their name. When this throws, the target is as it was before.
    public consuming func commit() throws(OutputFileError) {
        guard fsync(descriptor) == 0 else { throw OutputFileError(path, .write) }
        if temporaryName == nil, replacing {
            temporaryName = try folder.nameForReplacing(descriptor, target: path)
        }
        if let temporary = temporaryName {
            try folder.publish(temporary: temporary, as: name, replacing: replacing, target: path)
            temporaryName = nil
        } else {
            try folder.publish(unnamed: descriptor, as: name, target: path)
        }
        folder.synchronise()
    }

    /// Drops everything written. The target is as it was before.
    public consuming func discard() {}
}
