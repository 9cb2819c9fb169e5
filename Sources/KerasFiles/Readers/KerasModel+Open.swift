extension KerasModel {
    /// Reads a model from a file of any Keras, by its content; the name of the file plays no part.
    ///
    /// Costs what reading the configuration and the lists of weights costs: no weight is read. Throws `.unsupportedFormat` for what is
    /// recognised but not read, and otherwise says what is wrong and where.
    public static func open(_ source: ByteSource, limits: Limits = Limits()) throws(KerasFileError) -> KerasModel {
        switch try FileRecognition(source, limits: limits) {
        case .wholeModel(let file): return try LegacyHDF5Reader.model(file, limits: limits)
        case .other(let format): throw KerasFileError(.unsupportedFormat(format))
        }
    }

    /// See ``open(_:limits:)``. Directories and devices throw `.notRegularFile`.
    public static func open(path: String, limits: Limits = Limits()) throws(KerasFileError) -> KerasModel {
        try open(try ByteSource(path: path), limits: limits)
    }
}
