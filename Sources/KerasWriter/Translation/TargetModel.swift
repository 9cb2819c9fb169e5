import KerasFiles

/// A model as the Keras of a dialect understands it.
struct TargetModel {
    let dialect: KerasDialect
    let root: KerasLayer
    private(set) var report = WriteReport()

    init(_ model: KerasModel, for dialect: KerasDialect) throws(KerasWriterError) {
        self.dialect = dialect
        var layers = TargetLayers(model.root, for: dialect)
        root = layers.translate(model.root)
        guard layers.refusals.isEmpty else { throw .cannotBeExpressed(layers.refusals) }
        report.repairs = model.repairs + layers.repairs
        if model.topLevelWeights?.weights.isEmpty == false {
            report.dropped.append(WriteReport.Dropped(part: .topLevelWeights, reason: .format))
        }
    }
}
