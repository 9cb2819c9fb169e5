import KerasFiles
import NNConvert
import Testing

/// For which Keras a model is written when nobody says.
@Suite struct StandardDialectTests {
    @Test(arguments: [
        ("archives/tfkeras-2.15/coffee", KerasFormat.archive, true), ("archives/tfkeras-2.15/coffee", .weights, true),
        ("archives/tfkeras-2.15/coffee", .legacyHDF5, false), ("archives/keras-3.0.5/coffee", .archive, false),
        ("archives/keras-3.15.1/coffee", .archive, false), ("tfkeras-2.15/coffee", .legacyHDF5, false), ("keras-2.0.2/coffee", .archive, false),
    ])
    func isToday(_ name: String, _ format: KerasFormat, _ isUpgraded: Bool) throws {
        #expect(try ModelFile.open(path: Fixtures.path(name)).standardDialect(as: format) == (isUpgraded ? .keras3 : nil))
    }

    /// Out of a `.nnc` file comes what went in.
    @Test func notOutOfCompactFiles() throws {
        let folder = try TemporaryFolder()
        let compact = folder.path + "/m.nnc"
        try Conversion(try KerasModel.open(path: Fixtures.path("archives/tfkeras-2.15/coffee")), to: .compact()).write(to: compact)
        #expect(try ModelFile.open(path: compact).standardDialect(as: .archive) == nil)
    }

    /// The state of a Nadam has had another order since Keras 3.6.
    @Test func anOldNadam() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(try TrainingFixtures.bytes("keras-3.0.5/nadam"), named: "nadam.keras")
        #expect(try ModelFile.open(path: path).standardDialect(as: .archive) == .keras3)
    }
}
