import CompactFile
import KerasFiles
import Lowering
import NNInference

/// A Keras model on its way to `.nnc`.
///
///     let model = try CompactConversion(try KerasModel.open(path: "model.h5")).model()
///
/// Making one lowers the model, lays the file out and, unless the model is large, runs it once for the verification vector. The
/// weights themselves are read when the file is written, piece by piece.
public struct CompactConversion: Sendable {
    public let report: ConversionReport
    /// What goes into the file.
    public let content: CompactFileContent

    /// A model that cannot be run is kept to be given back: the file has its source and no program, and
    /// ``ConversionReport/refusals`` says why.
    ///
    /// - Throws: `.refused`, with everything that stands in the way, when the model cannot be run and its source is not to be kept; `.misfit`.
    public init(_ model: KerasModel, options: CompactOptions = CompactOptions()) throws(ConversionError) {
        var options = options
        var omissions = Omissions(options)
        if options.weights != nil, options.stripped.insert(.source).inserted { omissions.add(.source, .weightsRounded) }
        var content = CompactFileContent(tensors: [])
        var places: [WeightPlace?] = []
        var refusals: [Refusal] = []
        var roundings: [WeightRounding] = []
        switch Result(catching: { () throws(LoweringError) in try lower(model) }) {
        case .success(var lowered):
            if let precision = options.weights {
                do throws(KerasFileError) { roundings = try lowered.roundWeights(to: precision) } catch { throw .compact(.reading(error)) }
            }
            content = try Self.runnableContent(lowered, options, &omissions)
            places = lowered.tensors.map(\.place)
        case .failure(let error):
            guard !error.isMisfit else { throw .misfit(error) }
            guard !options.stripped.contains(.source) else { throw .refused(error) }
            refusals = error.refusals
        }
        content.alignment = options.alignment
        try Self.addSource(of: model, places, options, to: &content, &omissions)
        self.content = content
        report = ConversionReport(
            sourceTensorBytes: model.tensorBytes, tensorCount: content.tensors.count,
            tensorBytes: content.tensors.reduce(0) { $0 + UInt64($1.tensor.byteCount) },
            byteCount: try Self.writer(content).byteCount, omissions: omissions.list, roundings: roundings, repairs: model.repairs, refusals: refusals)
    }

    /// The file in memory.
    public func bytes() throws(ConversionError) -> [UInt8] {
        let writer = try Self.writer(content)
        do throws(CompactFileError) { return try writer.bytes() } catch { throw ConversionError(error) }
    }

    /// The model, ready to run, without a file.
    public func model() throws(ConversionError) -> Model { try Self.open(content) }
}
