import KerasFiles
import Testing

@Suite struct HDF5FixtureTests {
    @Test func thereAreFixtures() {
        #expect(Fixtures.models.count >= 20)
    }

    @Test(arguments: Fixtures.models)
    func everyModelIsRead(_ path: String) throws {
        let file = try HDF5File(path: Fixtures.root + "/" + path)
        let contents = try Contents(file)
        #expect(contents.groups > 1)
        #expect(contents.attributes > 0)
    }

    @Test(arguments: Fixtures.files(in: "hostile", ".h5"))
    func everyHostileFileIsRefused(_ path: String) throws {
        let start = ContinuousClock.now
        #expect(throws: KerasFileError.self) { _ = try Contents(HDF5File(path: Fixtures.root + "/" + path)) }
        #expect(ContinuousClock.now - start < .seconds(1))
    }
}
