import FileOutput
import KerasFiles

/// Writes a Keras file. The same model always makes the same bytes.
///
///     let writer = try KerasWriter(model, as: .archive, dialect: .keras3)
///     var file = try OutputFile(path: "model.keras")
///     try writer.write(to: &file)
///     try file.commit()
///
/// Making a writer decides everything and reads no weight: `report` is complete, and what cannot be expressed has been thrown.
/// Writing takes memory for the structure of the file and one piece of a tensor. Uses libhdf5, which it loads.
public struct KerasWriter: Sendable {
    public let report: WriteReport
    private let content: HDF5GroupContent

    /// `dialect` is ``KerasDialect/standard(for:as:)`` unless given.
    public init(
        _ model: KerasModel, as format: KerasFormat, dialect: KerasDialect? = nil
    ) throws(KerasWriterError) {
        let dialect = dialect ?? .standard(for: model, as: format)
        var report = WriteReport()
        switch (format, dialect) {
        case (.legacyHDF5, .asWritten) where model.format.isLegacy:
            content = try LegacyFile(asWritten: model).wholeModel()
        case (.legacyWeights, .asWritten) where model.format.isLegacy:
            report.dropped = Self.parts(of: model).map { WriteReport.Dropped(part: $0, reason: .format) }
            content = try LegacyFile(asWritten: model).weightsOnly()
        default:
            throw .unsupported(from: model.format, to: format, dialect)
        }
        self.report = report
    }

    /// Appends the file to `file` and returns the number of bytes. `progress` is told the bytes of weights that have been written,
    /// piece by piece.
    @discardableResult
    public func write(to file: inout OutputFile, progress: (Int) -> Void = { _ in }) throws(KerasWriterError) -> UInt64 {
        try HDF5Output.write(content, to: &file, at: file.length, progress: progress)
    }

    /// What a file of weights has no place for.
    private static func parts(of model: KerasModel) -> [WriteReport.Part] {
        [.configuration] + (model.trainingConfiguration == nil ? [] : [.trainingConfiguration])
            + (model.optimizerWeights == nil ? [] : [.optimizerWeights])
    }
}
