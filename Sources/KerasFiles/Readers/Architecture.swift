/// The description of a model that weights are given to.
struct Architecture {
    let configuration: JSON
    /// Which Keras wrote it; nil when only its own words may tell.
    let version: KerasVersion?

    init(_ configuration: JSON, version: KerasVersion? = nil) {
        self.configuration = configuration
        self.version = version
    }

    /// Reads ``ReadingOptions/architecture``; errors say that they are about it.
    init(companion source: ByteSource, limits: Limits) throws(KerasFileError) {
        do throws(KerasFileError) {
            let found = try FileRecognition(source, limits: limits)
            switch found {
            case .architecture(let configuration): self.init(configuration)
            case .wholeModel(let file): self = try LegacyHDF5Reader.architecture(file, limits: limits)
            case .archive(let archive): self = try ArchiveReader.architecture(archive, limits: limits)
            case .legacyWeights, .objectWeights, .shardIndex, .other: throw KerasFileError(.unsupportedFormat(found.format))
            }
        } catch {
            throw error.about(.architecture)
        }
    }
}

extension KerasFileError {
    /// The same error, of a file that goes with the one that was opened.
    func about(_ companion: Companion) -> KerasFileError {
        var error = self
        error.companion = error.companion ?? companion
        return error
    }
}
