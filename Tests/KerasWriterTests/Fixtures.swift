import FileOutput
import KerasFiles
import KerasWriter

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

    /// Whole models as HDF5, from every release that wrote some: paths relative to `root`.
    static let models: [String] = {
        let writers = names(in: root).filter { $0.hasPrefix("keras-") || $0.hasPrefix("tfkeras-") }
        return writers.flatMap { writer in
            names(in: root + "/" + writer).filter { $0.hasSuffix(".h5") }.map { writer + "/" + $0 }
        }
    }()

    static func open(_ path: String) throws(KerasFileError) -> KerasModel { try KerasModel.open(path: root + "/" + path) }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.sorted()
    }
}

/// A folder that is there for one test.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        var template = Array("/tmp/nnconv-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXProblem(number: errno) }
        path = template.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    deinit { _ = run("rm -r '\(path)'") }

    struct POSIXProblem: Error { let number: Int32 }

    /// Writes `model` into the folder and returns the path.
    func write(
        _ model: KerasModel, as format: KerasFormat, dialect: KerasDialect? = nil, named name: String
    ) throws -> String {
        let writer = try KerasWriter(model, as: format, dialect: dialect)
        var file = try OutputFile(path: path + "/" + name)
        let length = try writer.write(to: &file)
        guard length == file.length else { throw POSIXProblem(number: 0) }
        try file.commit()
        return path + "/" + name
    }
}

func bytes(_ path: String) throws -> [UInt8] {
    let source = try ByteSource(path: path)
    return try source.read(at: 0, count: Int(source.size))
}

/// What a shell command prints, and its exit code.
@discardableResult
func run(_ command: String) -> (output: String, status: Int32) {
    guard let pipe = popen(command + " 2>&1", "r") else { return ("", -1) }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = fread(&buffer, 1, buffer.count, pipe)
        guard count > 0 else { break }
        output += buffer[..<count]
    }
    let status = pclose(pipe)
    return (String(decoding: output, as: UTF8.self), status >> 8 & 0xFF)
}
