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
    private let content: Content

    private enum Content: Sendable {
        case hdf5(HDF5GroupContent)
        case archive(ArchiveFile)
    }

    /// `dialect` is ``KerasDialect/standard(for:as:)`` unless given.
    public init(
        _ model: KerasModel, as format: KerasFormat, dialect: KerasDialect? = nil
    ) throws(KerasWriterError) {
        let dialect = dialect ?? .standard(for: model, as: format)
        var report = WriteReport()
        switch (format, dialect) {
        case (.legacyHDF5, .asWritten) where model.format.isLegacy:
            content = .hdf5(try LegacyFile(asWritten: model).wholeModel())
        case (.legacyWeights, .asWritten) where model.format.isLegacy:
            report.dropped = Self.parts(of: model).map { WriteReport.Dropped(part: $0, reason: .format) }
            content = .hdf5(try LegacyFile(asWritten: model).weightsOnly())
        case (.archive, .keras3), (.archive, .keras30):
            let target = try TargetModel(model, for: dialect)
            report = target.report
            content = .archive(
                ArchiveFile(
                    metadata: Self.metadata(dialect), configuration: .object(ArchiveConfiguration(dialect: dialect).entry(target.root)),
                    weights: try ObjectTree(target.root).root))
        case (.weights, .keras3), (.weights, .keras30):
            let target = try TargetModel(model, for: dialect)
            report = target.report
            report.dropped.append(WriteReport.Dropped(part: .configuration, reason: .format))
            content = .hdf5(try ObjectTree(target.root).root)
        default:
            throw .unsupported(from: model.format, to: format, dialect)
        }
        self.report = report
    }

    /// Writes the file into `file`, which must be empty, and returns the number of bytes. `progress` is told the bytes of weights that
    /// have been written, piece by piece.
    @discardableResult
    public func write(to file: inout OutputFile, progress: (Int) -> Void = { _ in }) throws(KerasWriterError) -> UInt64 {
        switch content {
        case .archive(let archive): return try archive.write(to: &file, progress: progress)
        case .hdf5(let root):
            let output = try HDF5Output(root, in: &file, at: 0)
            try output.writeTensors(to: &file, progress: progress)
            return output.size
        }
    }

    /// What a file of weights has no place for.
    private static func parts(of model: KerasModel) -> [WriteReport.Part] {
        [.configuration] + (model.trainingConfiguration == nil ? [] : [.trainingConfiguration])
            + (model.optimizerWeights == nil ? [] : [.optimizerWeights])
    }

    /// The Keras that the file is made for. Its date is always the same, so that the same model makes the same file.
    private static func metadata(_ dialect: KerasDialect) -> JSON {
        ["keras_version": .string(dialect == .keras3 ? "3.15.1" : "3.0.5"), "date_saved": "1980-01-01@00:00:00"]
    }
}
