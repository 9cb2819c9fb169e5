import NNInference

extension ProgramError: Explained {
    var message: Message {
        switch problem {
        case .memory(let needed, let limit):
            Message(
                "needs more memory than it may have: \(Figures.bytes(needed)), the limit is \(Figures.bytes(limit))",
                remedy: "Give it fewer samples or a shorter input at a time.")
        case .unknownDimension(let axis):
            Message("leaves dimension \(axis) of an input open, and nothing says how large it is to be")
        default: Message("cannot be run: " + words)
        }
    }

    /// What is wrong, with the operation.
    var words: String { problem.words + (operation.map { " (operation \($0))" } ?? "") }
}

extension ProgramError.Problem {
    var words: String {
        switch self {
        case .unknownKind(let kind): "operation kind \(kind) is unknown"
        case .unknownVersion(let kind, let version): "operation kind \(kind) has the unknown version \(version)"
        case .recordLength: "an operation's record has a wrong length"
        case .field(let index): "field \(index) of an operation has an impossible value"
        case .valueIndex(let index): "the value \(index) does not exist"
        case .tensorIndex(let index): "the tensor \(index) does not exist"
        case .valueType(let expected, let found): "\(found.words) are given where \(expected.words) are needed"
        case .rank(let expected, let found): "\(found) dimensions are given where \(expected) are needed"
        case .dimension(let axis, let expected, let found): "dimension \(axis) is \(found) and must be \(expected)"
        case .tensorShape(let tensor, let expected, let found):
            "tensor \(tensor) has the shape \(Figures.shape(found)) and must have \(Figures.shape(expected))"
        case .tensorType(let tensor): "tensor \(tensor) has a number type that cannot be computed with"
        case .tensorContent(let tensor): "tensor \(tensor) is no table in order"
        case .emptyAxis(let axis): "nothing is left of dimension \(axis)"
        case .overflow: "a size does not fit this machine's integers"
        case .unknownDimension(let axis): "dimension \(axis) is open"
        case .memory(let needed, let limit): "\(needed) bytes of memory are needed, the limit is \(limit)"
        case .outputCount: "the model has no outputs"
        }
    }
}

extension ValueType {
    var words: String {
        switch self {
        case .number: "numbers"
        case .int32: "whole numbers"
        case .int64: "whole numbers of 64 bits"
        case .bool: "truth values"
        case .text: "texts"
        }
    }
}
