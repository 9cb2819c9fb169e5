import KerasFiles
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The package's `Fixtures` folder.
enum Fixtures {
    static let root: String = {
        let components = #filePath.split(separator: "/").dropLast(3)
        return "/" + components.joined(separator: "/") + "/Fixtures"
    }()

    /// Paths, relative to `root`, of all files in `folder` (relative too) whose names end in `suffix`, in order.
    static func files(in folder: String = "", _ suffix: String) -> [String] {
        var found: [String] = []
        guard let directory = opendir(root + "/" + folder) else { return [] }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix(".") else { continue }
            let path = folder.isEmpty ? name : folder + "/" + name
            if name.hasSuffix(suffix) {
                found.append(path)
            } else if !name.contains(".") || Int32(entry.pointee.d_type) == Int32(DT_DIR) {
                found += files(in: path, suffix)
            }
        }
        return found.sorted()
    }

    /// Every HDF5 file that Keras wrote: whole models and weights alone.
    static let writtenByKeras: [String] = files(in: "", ".h5").filter { path in
        !["hostile/", "hdf5/"].contains { path.hasPrefix($0) }
    }

    /// Whole models written by Keras, as HDF5.
    static let models: [String] = writtenByKeras.filter { !$0.hasPrefix("weights/") && !$0.hasPrefix("shards/") }

    static func bytes(_ path: String) throws -> [UInt8] {
        let source = try ByteSource(path: root + "/" + path)
        return try source.read(at: 0, count: Int(source.size))
    }
}

/// Everything that reading a file in full yields, in numbers.
struct Contents {
    var groups = 0
    var datasets = 0
    var attributes = 0
    var bytes = 0

    /// Reads all of it.
    init(_ file: HDF5File) throws(KerasFileError) {
        try add(file.root)
    }

    private mutating func add(_ group: HDF5Group) throws(KerasFileError) {
        groups += 1
        attributes += group.attributes.count
        for child in group.children {
            switch child {
            case .group(let group): try add(group)
            case .dataset(let dataset):
                datasets += 1
                attributes += dataset.attributes.count
                bytes += try dataset.tensor.bytes().count
                _ = try dataset.tensor.floats()
            }
        }
    }
}

/// The error that `body` throws, or nil.
func failure(_ body: () throws -> Void) -> KerasFileError? {
    do {
        try body()
        return nil
    } catch {
        return error as? KerasFileError
    }
}
