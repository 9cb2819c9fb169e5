import KerasFiles
import KerasWriter

extension ModelFile {
    /// For which Keras the model is written when nobody says; nil for the rule of ``Conversion/Target/keras(_:_:)``. What TensorFlow
    /// 2.12 to 2.15 wrote in the form of Keras 3, Keras 3 does not read, nor the state of a Nadam from before 3.6, which has another order
    /// since: these come as they were written out of a `.nnc` file only.
    public func standardDialect(as format: KerasFormat) -> KerasDialect? {
        guard case .keras(let model) = content, !format.isLegacy, !model.format.isLegacy else { return nil }
        let hasOldNadam = (model.version.major, model.version.minor) < (3, 6) && model.trainingConfiguration?["optimizer"]?["class_name"] == "Nadam"
        return model.version.lineage != .multiBackend || hasOldNadam ? .keras3 : nil
    }
}
