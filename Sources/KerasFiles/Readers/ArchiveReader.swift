/// Reads a `.keras` archive, or the folder that it is when it is not zipped.
enum ArchiveReader {
    private enum Name {
        static let configuration = "config.json"
        static let metadata = "metadata.json"
        static let weights = "model.weights.h5"
        static let pickledWeights = "model.weights.npz"
        static let savedModel = "saved_model.pb"
        static let assets = "assets"
    }

    static func recognises(_ archive: ZipArchive) -> Bool { archive.members.contains { $0.name == Name.configuration } }

    static func model(_ archive: ZipArchive, limits: Limits) throws(KerasFileError) -> KerasModel {
        let names = archive.members.map(\.name)
        guard names.contains(Name.weights) else { throw withoutWeights(names) }
        var assets: [Asset] = []
        for member in archive.members where !member.isFolder && ![Name.configuration, Name.metadata, Name.weights].contains(member.name) {
            assets.append(Asset(name: member.name, content: try archive.source(of: member.name)))
        }
        let metadata = names.contains(Name.metadata) ? try archive.source(of: Name.metadata) : nil
        return try model(
            configuration: try archive.source(of: Name.configuration), metadata: metadata,
            weights: try archive.source(of: Name.weights), assets: assets, limits: limits)
    }

    /// Opens the folder at `path`. Other files than those of a model are left alone.
    static func model(folder path: String, limits: Limits) throws(KerasFileError) -> KerasModel {
        let names = try Folder.names(in: path, limits: limits)
        guard names.contains(Name.configuration) else {
            throw KerasFileError(names.contains(Name.savedModel) ? .unsupportedFormat(.savedModel) : .notRegularFile)
        }
        guard names.contains(Name.weights) else { throw withoutWeights(names) }
        var assets: [Asset] = []
        if names.contains(Name.assets) {
            for name in try Folder.files(below: path, Name.assets, limits: limits) {
                assets.append(Asset(name: name, content: try source(path, name)))
            }
        }
        let metadata = names.contains(Name.metadata) ? try source(path, Name.metadata) : nil
        return try model(
            configuration: try source(path, Name.configuration), metadata: metadata, weights: try source(path, Name.weights),
            assets: assets, limits: limits)
    }

    private static func source(_ folder: String, _ name: String) throws(KerasFileError) -> ByteSource {
        do {
            return try ByteSource(path: folder + "/" + name)
        } catch var error {
            error.path = name
            throw error
        }
    }

    private static func withoutWeights(_ names: [String]) -> KerasFileError {
        names.contains(Name.pickledWeights)
            ? KerasFileError(.unsupportedFormat(.npzWeights), path: Name.pickledWeights)
            : KerasFileError(.missingObject, path: Name.weights)
    }

    private static func model(
        configuration: ByteSource, metadata: ByteSource?, weights: ByteSource, assets: [Asset], limits: Limits
    ) throws(KerasFileError) -> KerasModel {
        let configuration = try JSON(reading: configuration, path: Name.configuration, limits: limits)
        var said: JSON?
        if let metadata { said = try JSON(reading: metadata, path: Name.metadata, limits: limits) }
        let parts = ObjectWeights(try ObjectListing.groups(in: try HDF5File(source: weights, limits: limits)))
        let version: KerasVersion
        if let written = said?["keras_version"]?.stringValue {
            guard let known = KerasVersion(written) else {
                throw KerasFileError(.malformed(.text, .value), path: Name.metadata, key: "keras_version")
            }
            version = known
        } else {
            version = .unnamedKeras3
        }
        // Keras 3.10 onwards writes an empty one for a model that was not compiled.
        let training = configuration["compile_config"]?.objectValue.flatMap { $0.isEmpty ? JSON?.none : .object($0) }
        return try KerasModel(
            format: .archive, version: version, backend: nil, configuration: configuration, trainingConfiguration: training,
            metadata: said, weightGroups: parts.layers, topLevelWeights: parts.model, optimizerWeights: parts.optimizer,
            otherWeights: parts.others, assets: assets, limits: limits)
    }
}

extension JSON {
    /// Parses all of `source`; `path` says in errors what it is.
    init(reading source: ByteSource, path: String?, limits: Limits) throws(KerasFileError) {
        do throws(KerasFileError) {
            guard source.size <= UInt64(clamping: limits.jsonBytes) else {
                throw KerasFileError(.limitExceeded(.jsonBytes, found: source.size, limit: UInt64(clamping: limits.jsonBytes)))
            }
            self = try JSON(parsing: try source.read(at: 0, count: Int(source.size)), limits: limits)
        } catch {
            var placed = error
            placed.path = placed.path ?? path
            throw placed
        }
    }
}
