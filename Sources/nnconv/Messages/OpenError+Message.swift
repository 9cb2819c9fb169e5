import NNInference

extension OpenError: Explained {
    var message: Message {
        switch self {
        case .system(let number): Message("cannot be opened: " + systemWords(number), .noInput)
        case .notARegularFile: Message("is not a regular file", .noInput)
        case .format(let error): error.message
        }
    }
}
