import CompactFile
import FileOutput
import KerasFiles
import KerasWriter
import Lowering

/// A model on its way to a file of any format.
///
///     let conversion = try Conversion(try KerasModel.open(path: "model.h5"), to: .keras(.archive))
///     try conversion.write(to: "model.keras")
///
/// Making one decides everything, and the report is complete; the weights are read when the file is written, piece by piece.
public struct Conversion: Sendable {
    /// What a model can be converted to.
    public enum Target: Sendable, Equatable {
        case compact(CompactOptions = CompactOptions())
        /// Without a dialect: as written where the model's own file is of the same family, else what the newest Keras reads.
        case keras(KerasFormat, KerasDialect? = nil)

        public var isCompact: Bool {
            if case .compact = self { true } else { false }
        }
    }

    public let report: ConversionReport
    private let content: Content

    private enum Content: Sendable {
        case compact(CompactFileContent)
        case keras(KerasWriter)
    }

    /// - Throws: everything in the model that the target has no way to say, or that cannot be run where nothing else is to be kept.
    public init(_ model: KerasModel, to target: Target) throws(ConversionError) {
        switch target {
        case .compact(let options):
            let conversion = try CompactConversion(model, options: options)
            (report, content) = (conversion.report, .compact(conversion.content))
        case .keras(let format, let dialect):
            if case .failure(let error) = Result(catching: { () throws(LoweringError) in try lower(model) }), error.isMisfit { throw .misfit(error) }
            let writer: KerasWriter
            do throws(KerasWriterError) { writer = try KerasWriter(model, as: format, dialect: dialect) } catch { throw ConversionError(error) }
            content = .keras(writer)
            report = ConversionReport(
                sourceTensorBytes: model.tensorBytes, tensorCount: writer.tensorCount, tensorBytes: writer.tensorBytes,
                repairs: writer.report.repairs, dropped: writer.report.dropped)
        }
    }

    /// Writes the file, which appears complete or not at all, and returns the number of its bytes.
    ///
    /// - Parameters:
    ///   - replacing: whether a file of that name may be there already.
    ///   - progress: is told the bytes of weights that are done, after every piece.
    /// - Complexity: memory for a few pieces of a tensor, however large the model.
    @discardableResult
    public func write(
        to path: String, replacing: Bool = false, progress: (UInt64) -> Void = { _ in }
    ) throws(ConversionError) -> UInt64 {
        var file: OutputFile
        do throws(OutputFileError) { file = try OutputFile(path: path, replacing: replacing) } catch { throw .output(error) }
        let count = try write(to: &file, progress: progress)
        do throws(OutputFileError) { try file.commit() } catch { throw .output(error) }
        return count
    }

    private func write(to file: inout OutputFile, progress: (UInt64) -> Void) throws(ConversionError) -> UInt64 {
        switch content {
        case .compact(let content):
            let writer = try CompactConversion.writer(content)
            let count = writer.byteCount
            do throws(CompactFileError) { try writer.write(to: &file, progress: progress) } catch { throw ConversionError(error) }
            return count
        case .keras(let writer):
            do throws(KerasWriterError) {
                var done: UInt64 = 0
                return try writer.write(to: &file) { count in
                    done += UInt64(count)
                    progress(done)
                }
            } catch {
                throw ConversionError(error)
            }
        }
    }
}
