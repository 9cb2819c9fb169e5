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

    static func model(_ archive: ZipArchive, options: ReadingOptions) throws(KerasFileError) -> KerasModel {
        let names = archive.members.map(\.name)
        guard names.contains(Name.weights) else { throw withoutWeights(names) }
        var assets: [Asset] = []
        for member in archive.members where !member.isFolder && ![Name.configuration, Name.metadata, Name.weights].contains(member.name) {
            assets.append(Asset(name: member.name, content: try archive.source(of: member.name)))
        }
        let metadata = names.contains(Name.metadata) ? try archive.source(of: Name.metadata) : nil
        return try model(
            configuration: try archive.source(of: Name.configuration), metadata: metadata,
            weights: try archive.source(of: Name.weights), assets: assets, options: options)
    }

    /// Opens the folder at `path`. Other files than those of a model are left alone.
    static func model(folder path: String, options: ReadingOptions) throws(KerasFileError) -> KerasModel {
        let names = try Folder.names(in: path, limits: options.limits)
        guard names.contains(Name.configuration) else {
            throw KerasFileError(names.contains(Name.savedModel) ? .unsupportedFormat(.savedModel) : .notRegularFile)
        }
        guard names.contains(Name.weights) else { throw withoutWeights(names) }
        var assets: [Asset] = []
        if names.contains(Name.assets) {
            for name in try Folder.files(below: path, Name.assets, limits: options.limits) {
                assets.append(Asset(name: name, content: try source(path, name)))
            }
        }
        let metadata = names.contains(Name.metadata) ? try source(path, Name.metadata) : nil
        return try model(
            configuration: try source(path, Name.configuration), metadata: metadata, weights: try source(path, Name.weights),
            assets: assets, options: options)
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

    /// What an archive says of its model.
    static func architecture(_ archive: ZipArchive, limits: Limits) throws(KerasFileError) -> Architecture {
        let isDescribed = archive.members.contains { $0.name == Name.metadata }
        return try architecture(
            try archive.source(of: Name.configuration), metadata: isDescribed ? try archive.source(of: Name.metadata) : nil, limits: limits
        ).architecture
    }

    private static func architecture(
        _ configuration: ByteSource, metadata: ByteSource?, limits: Limits
    ) throws(KerasFileError) -> (architecture: Architecture, metadata: JSON?) {
        let configuration = try JSON(reading: configuration, path: Name.configuration, limits: limits)
        guard let metadata else { return (Architecture(configuration), nil) }
        let said = try JSON(reading: metadata, path: Name.metadata, limits: limits)
        guard let written = said["keras_version"]?.stringValue else { return (Architecture(configuration), said) }
        guard let version = KerasVersion(written) else {
            throw KerasFileError(.malformed(.text, .value), path: Name.metadata, key: "keras_version")
        }
        return (Architecture(configuration, version: version), said)
    }

    private static func model(
        configuration: ByteSource, metadata: ByteSource?, weights: ByteSource, assets: [Asset], options: ReadingOptions
    ) throws(KerasFileError) -> KerasModel {
        let (architecture, said) = try architecture(configuration, metadata: metadata, limits: options.limits)
        let parts = ObjectWeights(try ObjectListing.groups(in: try HDF5File(source: weights, limits: options.limits)))
        // Keras 3.10 onwards writes an empty one for a model that was not compiled.
        let training = architecture.configuration["compile_config"]?.objectValue.flatMap { $0.isEmpty ? JSON?.none : .object($0) }
        return try KerasModel(
            format: .archive, version: architecture.version ?? .unnamed, backend: options.backend,
            configuration: architecture.configuration, trainingConfiguration: training, metadata: said, weightGroups: parts.layers,
            topLevelWeights: parts.model, optimizerWeights: parts.optimizer, otherWeights: parts.others, assets: assets, options: options)
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
