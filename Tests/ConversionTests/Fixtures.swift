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

    /// Every model, as `writer/name`; those in archives as `archives/writer/name`.
    static let models: [String] = models(in: "", ".h5") + models(in: archives, ".keras")

    /// Those that become programs.
    static let runnable = models.filter { !Refused.contains($0) }

    /// Those that say what answered when they were recorded: Keras itself quantizes the sum of a kernel and its adapter when it saves an
    /// archive, and answers otherwise when it reads that.
    static let faithful = runnable.filter { $0 != "archives/keras-3.15.1/quantized_int8_lora" }

    /// Models that take texts, as `texts/writer/name`.
    static let texts: [String] = models(in: "texts/", ".keras")

    /// Files of weights alone with the description of their model beside them, as `weights/writer/name`.
    static let weights: [String] = models(in: "weights/", ".weights.h5")

    private static let archives = "archives/"

    private static func models(in parent: String, _ suffix: String) -> [String] {
        names(in: root + "/" + parent).filter { $0.contains("keras-") }.flatMap { writer in
            names(in: root + "/" + parent + writer).filter { $0.hasSuffix(suffix) }.map { parent + writer + "/" + $0.dropLast(suffix.count) }
        }
    }

    static func path(_ model: String) -> String { root + "/" + model + (model.hasPrefix(archives) || model.hasPrefix("texts/") ? ".keras" : ".h5") }

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
