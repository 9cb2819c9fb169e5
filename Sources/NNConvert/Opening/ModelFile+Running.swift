import NNInference

extension ModelFile {
    /// The model in a form that sessions can be made of. A Keras file is converted in memory, all its weights being read.
    ///
    /// - Throws: what ``Conversion`` throws when the model cannot be run.
    public func runnable() throws(ConversionError) -> Model {
        switch content {
        case .compact(let model):
            guard model.program != nil else { throw .withoutProgram }
            return model
        case .keras(let model):
            return try Conversion(model, options: .forRunning).model()
        }
    }
}
