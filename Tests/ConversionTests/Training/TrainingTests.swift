import KerasFiles
import KerasWriter
import Testing

/// What optimizers keep, from the layouts of every release into that of Keras 3.
@Suite struct TrainingTests {
    /// Fixtures whose state has no meaning in Keras 3, and why.
    static let dropped: [String: WriteReport.Reason] = ["tfkeras-2.10/nadam": .otherRule("Nadam")]

    /// Keras before 2.3 does not store how many steps these have made, nor does an SGD of 2.0.2 count while its rate stays.
    static let uncounted: Set = ["keras-2.0.2/rmsprop", "keras-2.2.4/rmsprop", "keras-2.0.2/sgd"]

    @Test(arguments: TrainingFixtures.models)
    func theStateIsCarried(_ name: String) throws {
        let model = try TrainingFixtures.open(name)
        let folder = try TemporaryFolder()
        for dialect in [KerasDialect.keras3, .keras30] {
            let writer = try KerasWriter(model, as: .archive, dialect: dialect)
            // The numbers that TensorFlow keeps of its metrics are of no use to Keras 3.
            let dropped = writer.report.dropped.filter { $0.part != .otherWeights }
            #expect(dropped.map(\.part) == (Self.dropped[name] == nil ? [] : [.optimizerWeights]))
            #expect(dropped.first?.reason == Self.dropped[name])
            let path = try folder.write(writer, named: dialect.rawValue + ".keras")
            let written = try KerasModel.open(path: path)
            guard Self.dropped[name] == nil else {
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
