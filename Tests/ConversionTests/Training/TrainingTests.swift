import KerasFiles
import KerasWriter
import Testing

/// What optimizers keep, from the layouts of every release into that of Keras 3.
@Suite struct TrainingTests {
    /// Why the state of a fixture has no meaning in a Keras; nil where it has one.
    static func dropped(_ name: String, _ dialect: KerasDialect) -> WriteReport.Reason? {
        switch (name, dialect) {
        // The momentum grows by another rule.
        case ("tfkeras-2.10/nadam", .keras3), ("tfkeras-2.10/nadam", .keras30): .otherRule("Nadam")
        // tf.keras begins anew with the product of all momenta, which it does not store.
        case ("tfkeras-2.10/nadam", .keras2), ("keras-3.0.5/nadam", .keras2): .unknownOptimizer("Nadam")
        default: nil
        }
    }

    /// Keras before 2.3 does not store how many steps these have made, nor does an SGD of 2.0.2 count while its rate stays.
    static let uncounted: Set = ["keras-2.0.2/rmsprop", "keras-2.2.4/rmsprop", "keras-2.0.2/sgd"]

    /// What tf.keras itself does not go on with from its own file, for the same reason.
    static let begunAnew: Set = ["tfkeras-2.15/nadam"]

    @Test(arguments: TrainingFixtures.models)
    func theStateIsCarried(_ name: String) throws {
        let model = try TrainingFixtures.open(name)
        let folder = try TemporaryFolder()
        for dialect in [KerasDialect.keras3, .keras30, .keras2] {
            let expected = Self.dropped(name, dialect)
            let format: KerasFormat = dialect == .keras2 ? .legacyHDF5 : .archive
            let writer = try KerasWriter(model, as: format, dialect: dialect)
            // The numbers that TensorFlow keeps of its metrics are of no use to Keras 3.
            let dropped = writer.report.dropped.filter { $0.part != .otherWeights }
            #expect(dropped.map(\.part) == (expected == nil ? [] : [.optimizerWeights]))
            #expect(dropped.first?.reason == expected)
            let path = try folder.write(writer, named: dialect.rawValue)
            let written = try KerasModel.open(path: path)
            guard expected == nil else {
                #expect(written.optimizerWeights == nil)
                continue
            }
            let (old, new) = (try #require(OptimizerState.entries(of: model)), try #require(OptimizerState.entries(of: written)))
            for entry in new where entry.kind != "momentum_product" {
                let other = try #require(
                    old.first {
                        $0.kind == entry.kind && $0.weight?.layerPath == entry.weight?.layerPath && $0.weight?.role == entry.weight?.role
                    })
                if entry.weight == nil {
                    #expect(try entry.tensor.doubles() == other.tensor.doubles())
                } else {
                    #expect(try entry.tensor.bytes() == other.tensor.bytes(), "\(entry)")
                }
            }
            let count = try #require(new.first { $0.kind == "iterations" })
            #expect(try count.tensor.integers() == [Self.uncounted.contains(name) ? 0 : 15])
        }
    }
}
