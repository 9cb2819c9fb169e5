import NNConvert

extension VerificationError {
    /// The error with the file that it is about.
    func failure(model: String, reference: String) -> Failure {
        func path(_ side: Side) -> String { side == .model ? model : reference }
        switch self {
        case .conversion(let error, let side): return Failure(error, file: path(side))
        case .prediction(let error, let side): return Failure(error, file: path(side))
        case .format(let error, let side): return Failure(error, file: path(side))
        case .inputs(let error): return Failure(error, file: model)
        case .interface(let inputs, let outputs):
            let counts = "\(Figures.counted(inputs.0, "input")) and \(Figures.counted(outputs.0, "output"))"
            let others = "\(Figures.counted(inputs.1, "input")) and \(Figures.counted(outputs.1, "output"))"
            return Failure(Message("has \(counts), and \(Escaped.name(reference)) has \(others)", .no), file: model)
        case .shape(let output, let expected, let found):
            return Failure(
                Message("has \(Figures.shape(expected)) for the output \(Escaped.quoted(output)), and the model gives \(Figures.shape(found))"),
                file: reference)
        case .recording(let error): return Failure(error, file: reference)
        }
    }
}
