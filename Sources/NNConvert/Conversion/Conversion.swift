import CompactFile
import FileOutput
import KerasFiles
import Lowering
import NNInference

/// A Keras model on its way to a `.nnc` file.
///
///     let conversion = try Conversion(try KerasModel.open(path: "model.h5"))
///     let report = try conversion.write(to: "model.nnc")
///
/// Making one lowers the model, lays the file out and, unless the model is large, runs it once for the verification vector. The
/// weights themselves are read when the file is written, piece by piece.
public struct Conversion: Sendable {
    public let lowered: LoweredModel
    public let report: ConversionReport
    /// What goes into the file.
    public let content: CompactFileContent

    /// - Throws: `.refused` with everything that stands in the way when the model cannot be run.
    public init(_ model: KerasModel, options: ConversionOptions = ConversionOptions()) throws(ConversionError) {
        do throws(LoweringError) { lowered = try lower(model) } catch { throw .refused(error) }
        var omissions = Omissions(options)
        let needs = try Self.needs(of: lowered)
        var content = Self.runnableContent(lowered, needs, names: !options.stripped.contains(.names))
        if let vector = try Self.verification(content, needs, options, &omissions) { content.verification = [vector] }
        content.alignment = options.alignment
        try Self.addSource(of: model, lowered, options, to: &content, &omissions)
        self.content = content
        report = ConversionReport(
            sourceTensorBytes: model.tensorBytes, tensorCount: content.tensors.count,
            tensorBytes: content.tensors.reduce(0) { $0 + UInt64($1.tensor.byteCount) },
            byteCount: try Self.writer(content).byteCount, omissions: omissions.list, repairs: model.repairs)
    }

    /// Writes the file, which appears complete or not at all.
    ///
    /// - Parameters:
    ///   - replacing: whether a file of that name may be there already.
    ///   - progress: is told the bytes of tensors that are done, after every tensor.
    /// - Complexity: memory for a piece of a tensor, however large the model.
    public func write(to path: String, replacing: Bool = false, progress: (UInt64) -> Void = { _ in }) throws(ConversionError) {
        let writer = try Self.writer(content)
        do throws(CompactFileError) {
            try write(writer, to: path, replacing: replacing, progress: progress)
        } catch {
            throw .writing(error)
        }
    }

    private func write(
        _ writer: consuming CompactFileWriter, to path: String, replacing: Bool, progress: (UInt64) -> Void
    ) throws(CompactFileError) {
        var file: OutputFile
        do throws(OutputFileError) { file = try OutputFile(path: path, replacing: replacing) } catch { throw .writing(error) }
        try writer.write(to: &file, progress: progress)
        do throws(OutputFileError) { try file.commit() } catch { throw .writing(error) }
    }

    /// The file in memory.
    public func bytes() throws(ConversionError) -> [UInt8] {
        let writer = try Self.writer(content)
        do throws(CompactFileError) { return try writer.bytes() } catch { throw .writing(error) }
    }

    /// The model, ready to run, without a file.
    public func model() throws(ConversionError) -> Model { try Self.open(content) }
}
