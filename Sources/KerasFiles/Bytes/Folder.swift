#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Lists the files in a folder.
enum Folder {
    private enum Kind {
        case file, folder, other
    }

    /// Whether a folder is at `path`, or behind a link that is there.
    static func exists(at path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, in the order of their bytes.
    static func names(in path: String, limits: Limits) throws(KerasFileError) -> [String] {
        guard let directory = opendir(path) else { throw KerasFileError(.cannotOpen(errno: errno)) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            // A name that is no text is none of Keras's.
            guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != ".." else { continue }
            names.append(name)
            guard names.count <= limits.groupMembers else {
                throw KerasFileError(
                    .limitExceeded(.archiveMembers, found: UInt64(names.count), limit: UInt64(clamping: limits.groupMembers)))
            }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The files in `folder` and in folders in that, as paths that begin with `folder`. What is neither a file nor a folder, such as a
    /// link, which could lead anywhere, throws `.notRegularFile`.
    static func files(below root: String, _ folder: String, limits: Limits) throws(KerasFileError) -> [String] {
        var files: [String] = []
        try collect(root, folder, depth: 1, limits, &files)
        return files
    }

    private static func collect(
        _ root: String, _ folder: String, depth: Int, _ limits: Limits, _ files: inout [String]
    ) throws(KerasFileError) {
        guard depth <= limits.groupDepth else {
            throw KerasFileError(
                .limitExceeded(.groupDepth, found: UInt64(depth), limit: UInt64(clamping: limits.groupDepth)), path: folder)
        }
        for name in try names(in: root + "/" + folder, limits: limits) {
            let path = folder + "/" + name
            switch kind(of: root + "/" + path) {
            case .folder: try collect(root, path, depth: depth + 1, limits, &files)
            case .file: files.append(path)
            case .other: throw KerasFileError(.notRegularFile, path: path)
            }
            guard files.count <= limits.archiveMembers else {
                throw KerasFileError(
                    .limitExceeded(.archiveMembers, found: UInt64(files.count), limit: UInt64(clamping: limits.archiveMembers)))
            }
        }
    }

    private static func kind(of path: String) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return .other }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }
}
