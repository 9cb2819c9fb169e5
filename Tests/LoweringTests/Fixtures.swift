import KerasFiles
import TensorFiles

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The models of the package's `Fixtures` folder, and what Keras answered for them.
enum Fixtures {
    static let root: String = {
        let components = #filePath.split(separator: "/").dropLast(3)
        return "/" + components.joined(separator: "/") + "/Fixtures"
    }()

    /// `writer/model` of every model.
    static let models: [String] = folders.flatMap { folder in
        names(in: "\(root)/\(folder)").filter { $0.hasSuffix(".h5") }.map { "\(folder)/\($0.dropLast(3))" }
    }

    private static let folders = names(in: root).filter { $0.hasPrefix("keras-") || $0.hasPrefix("tfkeras-") }

    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var found: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if !name.hasPrefix(".") { found.append(name) }
        }
        return found.sorted()
    }

    static func model(_ name: String) throws -> KerasModel { try KerasModel.open(path: "\(root)/\(name).h5") }

    /// The arrays that were recorded with a model, by name.
    static func arrays(_ name: String) throws -> [String: TensorValue] {
        let file = try TensorFile(reading: try ByteSource(path: "\(root)/\(name).npz"))
        return Dictionary(file.tensors.map { ($0.name ?? "", $0.value) }) { first, _ in first }
    }
}
