import KerasFiles
import TensorFiles
import Testing

/// The files under `Fixtures/tensors`, written by numpy.
enum Fixtures {
    static let folder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Fixtures/tensors/"

    static func bytes(_ name: String) throws -> [UInt8] {
        let source = try ByteSource(path: folder + name)
        return try source.read(at: 0, count: Int(source.size))
    }

    static func read(_ name: String) throws -> TensorFile {
        try TensorFile(reading: ByteSource(path: folder + name))
    }
}

func read(_ bytes: [UInt8], as format: TensorFileFormat? = nil, limits: Limits = Limits()) throws(TensorFileError) -> TensorFile {
    try TensorFile(reading: ByteSource(bytes), as: format, limits: limits)
}

func read(_ text: String, as format: TensorFileFormat? = nil, limits: Limits = Limits()) throws(TensorFileError) -> TensorFile {
    try read(Array(text.utf8), as: format, limits: limits)
}

/// The error that reading throws, or nil.
func failure(_ bytes: [UInt8], as format: TensorFileFormat? = nil, limits: Limits = Limits()) -> TensorFileError? {
    do throws(TensorFileError) { _ = try read(bytes, as: format, limits: limits) } catch { return error }
    return nil
}

func failure(_ text: String, as format: TensorFileFormat? = nil, limits: Limits = Limits()) -> TensorFileError? {
    failure(Array(text.utf8), as: format, limits: limits)
}

/// The error that `body` throws, or nil.
func failure(_ body: () throws(TensorFileError) -> Void) -> TensorFileError? {
    do throws(TensorFileError) { try body() } catch { return error }
    return nil
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
