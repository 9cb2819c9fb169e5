extension KerasModel {
    /// Reads a model from a file of any Keras, by its content; the name of the file plays no part.
    ///
    /// Costs what reading the configuration and the lists of weights costs: no weight of an HDF5 file is read. An archive is read through
    /// once, for its checksums. Throws `.unsupportedFormat` for what is recognised but is no whole model, nor made one by `options`, and
    /// otherwise says what is wrong and where.
    public static func open(_ source: ByteSource, options: ReadingOptions = ReadingOptions()) throws(KerasFileError) -> KerasModel {
        let found = try FileRecognition(source, limits: options.limits)
        switch found {
        case .wholeModel(let file):
            try options.refuseCompanions()
            return try LegacyHDF5Reader.model(file, options: options)
        case .archive(let archive):
            try options.refuseCompanions()
            return try ArchiveReader.model(archive, options: options)
        case .legacyWeights, .objectWeights, .shardIndex:
            guard options.weights == nil else { throw KerasFileError(.needless(.weights)) }
            guard let architecture = options.architecture else { throw KerasFileError(.unsupportedFormat(found.format)) }
            return try open(found, of: source, as: try Architecture(companion: architecture, limits: options.limits), options: options)
        case .architecture(let configuration):
            guard options.architecture == nil else { throw KerasFileError(.needless(.architecture)) }
            guard let weights = options.weights else { throw KerasFileError(.unsupportedFormat(.architecture)) }
            return try open(try FileRecognition(weights: weights, limits: options.limits), of: weights, as: Architecture(configuration), options: options)
        case .other(let format): throw KerasFileError(.unsupportedFormat(format))
        }
    }

    /// See ``open(_:options:)``. A folder is opened when it is an archive that was not zipped; other folders and devices throw
    /// `.notRegularFile`.
    public static func open(path: String, options: ReadingOptions = ReadingOptions()) throws(KerasFileError) -> KerasModel {
        guard Folder.exists(at: path) else { return try open(try ByteSource(path: path), options: options) }
        try options.refuseCompanions()
        return try ArchiveReader.model(folder: path, options: options)
    }

    private static func open(
        _ weights: FileRecognition, of source: ByteSource, as architecture: Architecture, options: ReadingOptions
    ) throws(KerasFileError) -> KerasModel {
        switch weights {
        case .legacyWeights(let file): return try LegacyHDF5Reader.model(weights: file, of: architecture, options: options)
        case .objectWeights(let file):
            return try ObjectListing.model(try ObjectListing.groups(in: file), of: architecture, options: options)
        case .shardIndex(let index):
            return try ObjectListing.model(try ShardedWeights.groups(index, at: source.path, limits: options.limits), of: architecture, options: options)
        case .wholeModel, .archive, .architecture, .other: throw KerasFileError(.unsupportedFormat(weights.format))
        }
    }
}

extension ReadingOptions {
    /// A whole model needs nothing beside it.
    fileprivate func refuseCompanions() throws(KerasFileError) {
        if architecture != nil { throw KerasFileError(.needless(.architecture)) }
        if weights != nil { throw KerasFileError(.needless(.weights)) }
    }

    /// What Keras computed with, of a file that says `written`.
    package func backend(written: String?) throws(KerasFileError) -> String? {
        guard let backend, let written, backend != written else { return written ?? backend }
        throw KerasFileError(.needless(.backend))
    }
}
