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

    /// Checks the weights of a `.nnc` file against their checksums. The containers of Keras have checksums of their own, which were looked at
    /// on opening, or none.
    ///
    /// - Complexity: reads a `.nnc` file as a whole, in pieces.
    public func verifyChecksums() throws(SourceViewError) {
        if case .compact = content { try CompactFileReader(source).verify() }
    }
}
