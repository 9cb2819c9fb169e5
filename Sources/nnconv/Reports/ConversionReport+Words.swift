import KerasFiles
import KerasWriter
import NNConvert

extension ConversionReport {
    var json: JSON {
        var object: JSONObject = [
            "tensors": .integer(Int64(tensorCount)), "tensor_bytes": .integer(Int64(tensorBytes)),
            "bytes": byteCount.map { .integer(Int64(clamping: $0)) } ?? .null,
            "omitted": .array(omissions.map { ["part": .string($0.part.rawValue), "reason": .string($0.reason.words)] }),
            "repairs": .array(repairs.map(\.json)),
            "dropped": .array(dropped.map { ["part": .string($0.part.rawValue), "reason": .string($0.reason.words)] }),
        ]
        object["refusals"] = .array(refusals.map(\.json))
        if !roundings.isEmpty { object["roundings"] = .array(roundings.map(\.json)) }
        return .object(object)
    }

    /// What the file is without and why, a line each.
    var losses: [String] {
        omissions.map { "without \($0.part.words): \($0.reason.words)" } + dropped.map { "without \($0.part.words): \($0.reason.words)" }
    }
}

extension CompactOptions.Part {
    /// What is left out, after "without ".
    fileprivate var words: String {
        switch self {
        case .source: "what it takes to give the Keras file back"
        case .optimizer: "the optimizer's state"
        case .names: "names"
        case .verification: "a verification vector"
        }
    }
}

extension ConversionReport.Reason {
    fileprivate var words: String {
        switch self {
        case .asked: "as asked"
        case .belongsToSource: "it belongs to the source"
        case .tooMuchWork(let count): "the reference run would take \(Figures.large(count)) multiply-accumulates"
        case .tooManyBytes(let count): "the reference run would take \(Figures.bytes(count)) of weights"
        case .noReferenceRun: "no made-up input fits the model"
        case .weightsRounded: "its weights are rounded"
        }
    }
}

extension WriteReport.Part {
    /// What is left out, after "without ".
    fileprivate var words: String {
        switch self {
        case .configuration: "the configuration"
        case .trainingConfiguration: "loss, metrics and optimizer"
        case .loss: "the loss"
        case .metrics: "metrics"
        case .optimizerWeights: "the optimizer's state"
        case .topLevelWeights: "weights of the model itself"
        case .assets: "the files that layers keep"
        case .otherWeights: "weights that are no layer's"
        }
    }
}

extension WriteReport.Reason {
    fileprivate var words: String {
        switch self {
        case .format: "the format has no place for it"
        case .unknownFunction(let name): "\(Escaped.quoted(name)) is not known there"
        case .unknownOptimizer(let name): "the optimizer \(Escaped.quoted(name)) cannot be carried over"
        case .dialect: "it is not written for that Keras in this format"
        case .unknownKey(let key): "the optimizer's setting \(Escaped.quoted(key)) is not known there"
        case .otherRule(let name): "the optimizer \(Escaped.quoted(name)) computes something else there"
        case .unknownLayer(let name): "the order of the weights of \(Escaped.quoted(name)) is not known"
        case .noOptimizer: "the file names no optimizer"
        case .wrongShape: "it does not have the shape that the optimizer and the weights ask for"
        case .weightsScaled: "it belongs to weights that had to be scaled"
        case .ambiguousOrder: "releases disagree about its order"
        }
    }
}
