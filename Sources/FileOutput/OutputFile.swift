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
/// where the file system has none, to a temporary name beside the target. ``commit()`` gives them their name in one step; a value
/// that is dropped without it leaves no trace.
///
/// Before an existing file is replaced the bytes are flushed to the device, so a loss of power costs at most the new file. Where nothing was
/// before, nothing can be lost, and the system may take its time, as it does for other programs.
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
    /// Whether there was something to replace.
    private let existed: Bool
    private let bytes: OutputBytes
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
        existed = permissions != nil
        bytes = OutputBytes(temporary.descriptor, path: path)
        temporaryName = temporary.name
    }

    deinit {
        if let temporaryName { folder.remove(temporaryName) }
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
        let end = try self.bytes.end(offset, bytes.byteCount)
        try self.bytes.write(at: offset, bytes)
        length = max(length, end)
    }

    /// Makes the file `length` bytes long, if it is shorter, and gives them to be written by several threads.
    public mutating func bytes(extendingTo length: UInt64) throws(OutputFileError) -> OutputBytes {
        if length > self.length {
            guard let size = off_t(exactly: length), ftruncate(bytes.descriptor, size) == 0 else {
                throw OutputFileError(path, .write, off_t(exactly: length) == nil ? EFBIG : errno)
            }
            self.length = length
        }
        return bytes
    }

    /// Fills `destination` with what was written at `offset`. Bytes that were never written are zero.
    public func read(at offset: UInt64, into destination: inout MutableRawSpan) throws(OutputFileError) {
        try bytes.read(at: offset, into: &destination)
    }

    /// Gives the bytes their name. When this throws, the target is as it was before.
    public consuming func commit() throws(OutputFileError) {
        try bytes.flush(toDevice: existed)
        if temporaryName == nil, replacing {
            temporaryName = try folder.nameForReplacing(bytes.descriptor, target: path)
        }
        if let temporary = temporaryName {
            try folder.publish(temporary: temporary, as: name, replacing: replacing, target: path)
            temporaryName = nil
        } else {
            try folder.publish(unnamed: bytes.descriptor, as: name, target: path)
        }
        if existed { folder.synchronise() }
    }

    /// Drops everything written. The target is as it was before.
    public consuming func discard() {}
}
