import NNConvert
import NNInference

extension CheckError: Explained {
    var message: Message {
        switch self {
        case .conversion(let error): error.message
        case .format(let error): error.message
        case .source(let error): error.message
        case .program(let error): error.message
        case .departure(let departure, let layer):
            Message(
                "computes something else here than where it was made: " + departure.departure.words,
                at: [layer.map { "layer " + Escaped.name($0) }, "operation \(departure.operation)"],
                remedy: "If NNCONV_ISA=portable nnconv check agrees, please report it.", .no)
        }
    }
}

extension Digest.Departure {
    var words: String { "the \(quantity.words) is \(found) instead of \(expected)" }
}

extension Digest.Departure.Quantity {
    fileprivate var words: String {
        switch self {
        case .norm: "norm of the results"
        case .early: "first sampled result"
        case .middle: "second sampled result"
        case .late: "third sampled result"
        }
    }
}
