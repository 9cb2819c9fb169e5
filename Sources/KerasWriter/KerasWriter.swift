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
            content = .hdf5(try LegacyFile(asWritten: model).weightsOnly())
            report.dropped = Self.allButWeights(of: model, optimizer: true)
        case (.archive, .asWritten) where !model.format.isLegacy:
            content = .archive(
                ArchiveFile(
                    metadata: model.metadata ?? Self.metadata(version: model.version.text ?? dialect.version), configuration: model.configuration,
                    weights: try ObjectTree(asWritten: model).root, assets: model.assets))
        case (.weights, .asWritten) where !model.format.isLegacy:
            content = .hdf5(try ObjectTree(asWritten: model).root)
            report.dropped = Self.allButWeights(of: model, optimizer: false)
        case (.archive, _) where dialect != .asWritten:
            let target = try TargetModel(model, for: dialect)
            report = target.report
            report.repairs += Adapters.repairs(of: target.root)
            var configuration = TargetConfiguration(for: dialect, as: format).entry(target.root)
            if dialect == .keras2 {
                report.leaveOutTraining(of: model)
            } else if let training = target.training, !training.configuration.isEmpty {
                configuration["compile_config"] = .object(training.configuration)
            }
            content = .archive(
                ArchiveFile(
                    metadata: Self.metadata(version: dialect.version), configuration: .object(configuration),
                    weights: try ObjectTree(target).root, assets: model.assets))
        case (.weights, _) where dialect != .asWritten:
            let target = try TargetModel(model, for: dialect)
            content = .hdf5(try ObjectTree(target).root)
            report = target.report
            report.repairs += Adapters.repairs(of: target.root)
            report.dropped += Self.allButWeights(of: model, optimizer: false)
        case (.legacyHDF5, _) where dialect != .asWritten:
            let target = try TargetModel(model, for: dialect)
            content = .hdf5(try LegacyFile(target).wholeModel())
            report = target.report
            if let training = target.training, !training.configuration.isEmpty, training.optimizer == nil {
                // No Keras reads the rest of it from HDF5.
                report.dropped.insert(WriteReport.Dropped(part: .trainingConfiguration, reason: .noOptimizer), at: 0)
            }
            report.dropped += model.assets.isEmpty ? [] : [WriteReport.Dropped(part: .assets, reason: .format)]
        case (.legacyWeights, _) where dialect != .asWritten:
            let target = try TargetModel(model, for: dialect)
            content = .hdf5(try LegacyFile(target).weightsOnly())
            report = target.report
            report.dropped += Self.allButWeights(of: model, optimizer: true)
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

    /// Tensors that are written, and their bytes.
    public var tensorCount: Int { root.datasets.count }
    public var tensorBytes: UInt64 { root.datasets.reduce(0) { $0 + UInt64($1.tensor.byteCount) } }

    private var root: HDF5GroupContent {
        switch content {
        case .archive(let archive): archive.weights
        case .hdf5(let root): root
        }
    }

    /// What a file of weights has no place for.
    private static func allButWeights(of model: KerasModel, optimizer: Bool) -> [WriteReport.Dropped] {
        var parts: [WriteReport.Part] = [.configuration]
        if model.trainingConfiguration != nil { parts.append(.trainingConfiguration) }
        if optimizer, model.optimizerWeights != nil { parts.append(.optimizerWeights) }
        if !model.assets.isEmpty { parts.append(.assets) }
        return parts.map { WriteReport.Dropped(part: $0, reason: .format) }
    }

    /// The date is always the same, so that the same model makes the same file.
    private static func metadata(version: String) -> JSON {
        ["keras_version": .string(version), "date_saved": "1980-01-01@00:00:00"]
    }
}
