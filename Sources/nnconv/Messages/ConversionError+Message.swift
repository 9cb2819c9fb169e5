import NNConvert

extension ConversionError: Explained {
    var message: Message {
        switch self {
        case .refused(let error): error.message
        case .writing(let error): error.message
        case .program(let error): error.message
        case .format(let error): Message("came out as a file that is refused: " + error.message.text(about: nil) + ". This is a defect of nnconv")
        case .withoutProgram: .withoutProgram
        }
    }
}

extension Message {
    static let withoutProgram = Message(
        "holds a model only to give it back: it has layers that cannot be run", remedy: "nnconv inspect lists them.", .no)
}
