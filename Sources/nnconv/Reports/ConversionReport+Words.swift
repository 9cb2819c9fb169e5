import KerasFiles
import NNConvert

extension ConversionReport {
    var json: JSON {
        [
            "tensors": .integer(Int64(tensorCount)), "tensor_bytes": .integer(Int64(tensorBytes)), "bytes": .integer(Int64(byteCount)),
            "omitted": .array(omissions.map { ["part": .string($0.part.rawValue), "reason": .string($0.reason.words)] }),
            "repairs": .array(repairs.map(\.json)),
        ]
    }
}

extension ConversionOptions.Part {
    /// What is left out, after "without ".
    var words: String {
        switch self {
        case .source: "what it takes to give the Keras file back"
        case .optimizer: "the optimizer's state"
        case .names: "names"
        case .verification: "a verification vector"
        }
    }
}

extension ConversionReport.Reason {
    var words: String {
        switch self {
        case .asked: "as asked"
        case .belongsToSource: "it belongs to the source"
        case .tooMuchWork(let count): "the reference run would take \(Figures.large(count)) multiply-accumulates"
        case .tooManyBytes(let count): "the reference run would take \(Figures.bytes(count)) of weights"
        case .noReferenceRun: "no made-up input fits the model"
        }
    }
}

extension Repair {
    var json: JSON {
        var object: JSONObject = ["kind": .string(kind.rawValue), "layer": .string(layerPath)]
        if let key { object["key"] = .string(key) }
        if let old { object["old"] = old }
        if let new { object["new"] = new }
        return .object(object)
    }
}
