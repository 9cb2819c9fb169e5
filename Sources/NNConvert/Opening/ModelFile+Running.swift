import CompactFile
import KerasFiles
import NNInference

extension ModelFile {
    /// The model in a form that sessions can be made of. A Keras file, and a `.nnc` file that holds its source only, is converted in
    /// memory, all its weights being read.
    ///
    /// - Throws: what ``CompactConversion`` throws when the model cannot be run.
    public func runnable() throws(ConversionError) -> Model {
        if case .compact(let model) = content, model.program != nil { return model }
        let keras: KerasModel?
        do throws(SourceViewError) { keras = try kerasModel() } catch { throw .source(error) }
        guard let keras else { throw .empty }
        return try CompactConversion(keras, options: .forRunning).model()
    }
}
