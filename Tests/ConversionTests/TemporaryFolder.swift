import FileOutput
import KerasFiles
import KerasWriter

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A folder that is there for one test.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        var template = Array("/tmp/nnconv-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Problem(number: errno) }
        path = template.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    deinit { run("rm -r '\(path)'") }

    struct Problem: Error { let number: Int32 }

    func write(_ bytes: [UInt8], named name: String) throws -> String {
        var file = try OutputFile(path: path + "/" + name)
        try file.write(bytes)
        try file.commit()
        return path + "/" + name
    }

    /// Writes what `writer` was made for and returns the path.
    func write(_ writer: KerasWriter, named name: String) throws -> String {
        var file = try OutputFile(path: path + "/" + name)
        try writer.write(to: &file)
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
    guard let pipe = popen("(\(command)) 2>&1", "r") else { return ("", -1) }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { output += buffer[..<count] }
    return (String(decoding: output, as: UTF8.self), pclose(pipe) >> 8 & 0xFF)
}
