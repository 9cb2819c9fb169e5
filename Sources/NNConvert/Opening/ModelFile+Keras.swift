import CompactFile
import KerasFiles
import NNInference

extension ModelFile {
    /// The Keras model that the file is or was made from; nil when a `.nnc` file was stripped of its source. No weight is read.
    public func kerasModel() throws(SourceViewError) -> KerasModel? {
        switch content {
        case .keras(let model): return model
        case .compact(let model):
            guard model.layout.section(.source) != nil else { return nil }
            return try CompactFileReader(source).kerasModel(options: options)
        }
    }
}
