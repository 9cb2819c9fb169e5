import NNConvert

extension ModelFileError: Explained {
    var message: Message {
        switch self {
        case .keras(let error): error.message
        case .compact(let error): error.message
        case .source(let error): error.message
        }
    }
}

extension SummaryError: Explained {
    var message: Message {
        switch self {
        case .format(let error): error.message
        case .program(let error): error.message
        case .source(let error): error.message
        }
    }
}
