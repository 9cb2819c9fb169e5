import CompactFile
import KerasFiles
import Lowering
import NNInference

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whole models that Keras releases wrote.
enum KerasFixtures {
    static let root: String = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/Fixtures"

    /// Paths of all `.h5` files in the folders of the releases, and of all archives.
    static let models: [String] = models(in: "", ".h5") + models(in: "archives/", ".keras")

    private static func models(in parent: String, _ suffix: String) -> [String] {
        folders(in: root + "/" + parent).filter { $0.hasPrefix("keras-") || $0.hasPrefix("tfkeras-") }.flatMap { folder in
            entries(in: root + "/" + parent + folder).filter { $0.hasSuffix(suffix) }.map { parent + folder + "/" + $0 }
        }
    }

    private static func folders(in path: String) -> [String] { entries(in: path).filter { !$0.contains(".h5") } }

    private static func entries(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    static func open(_ path: String) throws -> KerasModel { try KerasModel.open(path: root + "/" + path) }
}

extension CompactFileContent {
    /// Everything of a Keras model, the program only if it has one.
    init(_ model: KerasModel, withOptimizer: Bool = true) throws {
        self.init(tensors: [])
        var places: [WeightPlace?] = []
        if let lowered = try? lower(model) {
            tensors = lowered.tensors.map { Entry($0.source, layout: $0.descriptor.layout) }
            places = lowered.tensors.map(\.place)
            program = lowered.program
            names = ModelNames(inputs: lowered.inputNames, outputs: lowered.outputNames, layers: lowered.operationNames)
        }
        try addSource(model, places: places, withOptimizer: withOptimizer)
    }
}
