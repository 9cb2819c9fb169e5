import KerasFiles
import TensorFiles

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The models that real Keras releases wrote, with inputs and what the same Keras answered.
enum Fixtures {
    /// `Fixtures/` in the package.
    static let root: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/") + "/Fixtures"
    }()

    /// Every model, as `writer/name`.
    static let models: [String] = writers.flatMap { writer in
        names(in: root + "/" + writer).filter { $0.hasSuffix(".h5") }.map { writer + "/" + $0.dropLast(3) }
    }

    static let writers = names(in: root).filter { $0.contains("keras-") }

    static func path(_ model: String) -> String { root + "/" + model + ".h5" }

    /// The recorded arrays, by name.
    static func recorded(_ model: String) throws -> [String: TensorValue] {
        let file = try TensorFile(reading: try ByteSource(path: root + "/" + model + ".npz"))
        return Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name ?? "", $0.value) })
    }

    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
