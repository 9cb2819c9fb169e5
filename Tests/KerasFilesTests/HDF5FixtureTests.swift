import KerasFiles
import Testing

@Suite struct HDF5FixtureTests {
    @Test func thereAreFixtures() {
        #expect(Fixtures.models.count >= 20)
    }

    @Test(arguments: Fixtures.writtenByKeras)
    func everyFileIsRead(_ path: String) throws {
        let contents = try Contents(HDF5File(path: Fixtures.root + "/" + path))
        #expect(contents.groups > 1)
        #expect(contents.datasets > 0 || !path.contains("weights/"))
    }

    @Test(arguments: Fixtures.files(in: "hostile", ".h5"))
    func everyHostileFileIsRefused(_ path: String) throws {
        let start = ContinuousClock.now
        #expect(throws: KerasFileError.self) { _ = try Contents(HDF5File(path: Fixtures.root + "/" + path)) }
        #expect(ContinuousClock.now - start < .seconds(1))
    }
}
