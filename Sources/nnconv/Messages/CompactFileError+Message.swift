import CompactFile

extension CompactFileError: Explained {
    var message: Message {
        switch self {
        case .program(let error): error.message
        case .limit(let limit, let found): Message("has more \(limit.words) than a .nnc file has room for: \(found)")
        case .shape(let tensor, let shape): Message("has a tensor that a .nnc file cannot describe: tensor \(tensor), shape \(Figures.shape(shape))")
        case .count(let kind, let expected, let found): Message("came out with \(found) \(kind.words) for \(expected): a defect of nnconv")
        case .verificationInput(let index): Message("came out with an impossible range for input \(index): a defect of nnconv")
        case .reading(let error): error.message
        case .writing(let error): error.message
        case .compression: Message("could not be compressed", .readOrWrite)
        }
    }
}

extension CompactFileError.Limit {
    fileprivate var words: String {
        switch self {
        case .tensors: "tensors"
        case .dimensions: "dimensions"
        case .inputs: "inputs"
        case .outputs: "outputs"
        case .operations: "operations"
        case .names: "names"
        case .source: "bytes of configuration"
        case .fileLength: "bytes"
        }
    }
}
