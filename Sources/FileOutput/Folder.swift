#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The open folder of a target. All names are looked up relative to it, so renaming a parent meanwhile changes nothing.
struct Folder: ~Copyable {
    private let descriptor: Int32

    /// Splits a path at its last slash. The folder of a bare name is `.`.
    static func split(_ path: String) throws(OutputFileError) -> (folder: String, name: String) {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
        guard !["", ".", ".."].contains(name), !path.utf8.contains(0) else {
            throw OutputFileError(path: path, step: .open, problem: .notAFileName)
        }
        guard let slash else { return (".", name) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }

    init(path: String, target: String) throws(OutputFileError) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputFileError(target, .open) }
    }

    deinit { close(descriptor) }

    /// The permissions to keep when the target exists and may be replaced, nil when it does not exist.
    func permissionsOfTarget(_ name: String, path: String, replacing: Bool) throws(OutputFileError) -> mode_t? {
        var status = stat()
        guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            guard errno == ENOENT else { throw OutputFileError(path, .open) }
            return nil
        }
        let refusal: OutputFileError.Problem? =
            switch status.st_mode & S_IFMT {
            case S_IFLNK: .symbolicLink
            case S_IFREG: replacing ? nil : .exists
            default: .notARegularFile
            }
        if let refusal { throw OutputFileError(path: path, step: .open, problem: refusal) }
        return status.st_mode & 0o777
    }

    /// An open file for the bytes: without a name where the system can do that, else with a random one.
    func openTemporary(
        unnamed: Bool, permissions: mode_t?, target: String
    ) throws(OutputFileError) -> (descriptor: Int32, name: String?) {
        var name: String?
        var opened = unnamed ? openUnnamed() : -1
        if opened < 0 {
            let random = Self.randomName()
            let isMade = TemporaryNames.add(random, in: descriptor) {
                opened = openat(descriptor, random, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
                return opened >= 0
            }
            guard isMade else { throw OutputFileError(target, .open) }
            name = random
        }
        if let permissions, fchmod(opened, permissions) != 0 {
            let error = OutputFileError(target, .open)
            if let name { remove(name) }
            close(opened)
            throw error
        }
        return (opened, name)
    }

    private func openUnnamed() -> Int32 {
        #if os(Linux) || os(Android)
            // O_TMPFILE, which Swift cannot import; the value is that of every Linux architecture Swift runs on.
            let temporary = openat(descriptor, ".", 0o20000000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o666)
            guard temporary >= 0 else { return -1 }
            // Naming it later goes through /proc, which some containers lack.
            if access(Self.link(temporary), F_OK) == 0 { return temporary }
            close(temporary)
        #endif
        return -1
    }

    /// Names an unnamed file; fails when the name is taken.
    func publish(unnamed file: Int32, as name: String, target: String) throws(OutputFileError) {
        guard linkat(AT_FDCWD, Self.link(file), descriptor, name, AT_SYMLINK_FOLLOW) == 0 else {
            throw OutputFileError(target, .publish)
        }
    }

    /// Gives an unnamed file a temporary name: only `rename` replaces, and it needs a name to start from.
    func nameForReplacing(_ file: Int32, target: String) throws(OutputFileError) -> String {
        let temporary = Self.randomName()
        let isMade = TemporaryNames.add(temporary, in: descriptor) {
            linkat(AT_FDCWD, Self.link(file), descriptor, temporary, AT_SYMLINK_FOLLOW) == 0
        }
        guard isMade else { throw OutputFileError(target, .publish) }
        return temporary
    }

    /// Moves a temporary name to the target's.
    func publish(temporary: String, as name: String, replacing: Bool, target: String) throws(OutputFileError) {
        if !replacing {
            if linkat(descriptor, temporary, descriptor, name, 0) == 0 { return remove(temporary) }
            // File systems without hard links (FAT) leave only the non-atomic way.
            guard [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(errno) else { throw OutputFileError(target, .publish) }
            _ = try permissionsOfTarget(name, path: target, replacing: false)
        }
        let isMoved = TemporaryNames.remove(temporary, in: descriptor) { renameat(descriptor, temporary, descriptor, name) == 0 }
        guard isMoved else { throw OutputFileError(target, .publish) }
    }

    func remove(_ temporary: String) {
        _ = TemporaryNames.remove(temporary, in: descriptor) { unlinkat(descriptor, temporary, 0) == 0 }
    }

    /// Makes the new name survive a power failure where the file system supports it; the file is complete either way.
    func synchronise() { fsync(descriptor) }

    private static func link(_ file: Int32) -> String { "/proc/self/fd/\(file)" }

    private static func randomName() -> String { ".tmp-" + String(UInt64.random(in: .min ... .max), radix: 36) }
}
