extension KerasModel {
    /// Reads a model from a file of any Keras, by its content; the name of the file plays no part.
    ///
    /// Costs what reading the configuration and the lists of weights costs: no weight of an HDF5 file is read. An archive is read through
    /// once, for its checksums. Throws `.unsupportedFormat` for what is recognised but is no whole model, and otherwise says what is
    /// wrong and where.
    public static func open(_ source: ByteSource, limits: Limits = Limits()) throws(KerasFileError) -> KerasModel {
        switch try FileRecognition(source, limits: limits) {
        case .wholeModel(let file): return try LegacyHDF5Reader.model(file, limits: limits)
        case .archive(let archive): return try ArchiveReader.model(archive, limits: limits)
        case .legacyWeights: throw KerasFileError(.unsupportedFormat(.weightsOnly))
        case .objectWeights: throw KerasFileError(.unsupportedFormat(.keras3Weights))
        case .shardIndex: throw KerasFileError(.unsupportedFormat(.shardedWeights))
        case .architecture: throw KerasFileError(.unsupportedFormat(.architecture))
        case .other(let format): throw KerasFileError(.unsupportedFormat(format))
        }
    }

    /// See ``open(_:limits:)``. A folder is opened when it is an archive that was not zipped; other folders and devices throw
    /// `.notRegularFile`.
    public static func open(path: String, limits: Limits = Limits()) throws(KerasFileError) -> KerasModel {
        if Folder.exists(at: path) { return try ArchiveReader.model(folder: path, limits: limits) }
        return try open(try ByteSource(path: path), limits: limits)
    }
}
