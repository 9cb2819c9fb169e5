import KerasFiles
import Testing

/// Against what h5py finds: `Fixtures/listings.txt` has a checksum of everything in every fixture, made by
/// `Fixtures/generator/list_hdf5.py`.
@Suite struct HDF5ListingTests {
    @Test func everythingIsAsH5pyFindsIt() throws {
        let lines = String(decoding: try Fixtures.bytes("listings.txt"), as: UTF8.self).split(separator: "\n")
        let present = Set(Fixtures.files(".h5"))
        var compared = 0
        for line in lines {
            let fields = line.split(separator: " ")
            // A fixture that was removed since, or made anew and not listed yet, is not this test's concern.
            guard fields.count == 3, present.contains(String(fields[0])) else { continue }
            let listing = try Listing(HDF5File(path: Fixtures.root + "/" + fields[0]))
            #expect("\(listing.objects) \(listing.checksum)" == "\(fields[1]) \(fields[2])", "\(fields[0])")
            compared += 1
        }
        #expect(compared >= 500)
    }
}
