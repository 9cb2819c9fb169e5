import KerasFiles
import KerasWriter

extension ModelFile {
    /// For which Keras the model is written when nobody says; nil for the rule of ``Conversion/Target/keras(_:_:)``. What TensorFlow
    /// 2.12 to 2.15 wrote in the form of Keras 3, Keras 3 does not read: it comes as it was written out of a `.nnc` file only.
    public func standardDialect(as format: KerasFormat) -> KerasDialect? {
        guard case .keras(let model) = content, !format.isLegacy, !model.format.isLegacy, model.version.lineage != .multiBackend
        else { return nil }
        return .keras3
    }
}
