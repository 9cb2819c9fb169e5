import KerasFiles
import Testing

@Suite struct HDF5FixtureTests {
    @Test func thereAreFixtures() {
        #expect(Fixtures.models.count >= 20)
    }

    /// Layer names beyond ASCII make libhdf5 hold links in messages of the group, which are not read yet.
    static let linksInMessages: Set = ["keras-3.15.1/dense_names_beyond_ascii.h5"]

    @Test(arguments: linksInMessages)
    func linksInMessagesAreRefused(_ path: String) throws {
        let failure = failure { _ = try Contents(HDF5File(path: Fixtures.root + "/" + path)) }
        #expect(failure?.kind == .unsupportedFeature(.newerGroup))
    }

    @Test(arguments: Fixtures.models.filter { !linksInMessages.contains($0) })
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
