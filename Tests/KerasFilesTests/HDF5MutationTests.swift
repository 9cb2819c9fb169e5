import KerasFiles
import Testing

/// Thousands of broken files, the same ones every time: reading any of them ends, either with the contents or with an error.
@Suite struct HDF5MutationTests {
    /// SplitMix64.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    /// Reads everything. Returns whether the file was accepted; the test fails when reading produces more than the file can hold.
    private func survives(_ bytes: [UInt8]) -> Bool {
        do throws(KerasFileError) {
            let contents = try Contents(HDF5File(source: ByteSource(bytes)))
            #expect(contents.bytes <= bytes.count)
            #expect(contents.groups + contents.datasets <= bytes.count / 16)
            return true
        } catch {
            return false
        }
    }

    static let seeds = [
        "hdf5/accepted/two.h5", "hdf5/accepted/types.h5", "hdf5/accepted/compact.h5", "hdf5/accepted/parts.h5",
        "hdf5/accepted/links.h5",
    ]

    @Test(arguments: seeds)
    func mutants(_ path: String) throws {
        let original = try Fixtures.bytes(path)
        // Zero bytes are mostly room that nothing uses.
        let places = original.indices.filter { original[$0] != 0 }
        var random = Generator(state: UInt64(original.count))
        var accepted = 0
        let count = 1_000
        for _ in 0..<count {
            var mutant = EditableFile(bytes: original)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = places[Int.random(in: 0..<places.count, using: &random)]
                let wide = min(place, original.count - 8)
                switch Int.random(in: 0..<7, using: &random) {
                case 0: mutant.bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: mutant.bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 2: mutant.put(UInt64.random(in: 0..<UInt64(original.count), using: &random) & ~7, at: wide)
                case 3: mutant.put([UInt64.max, .max >> 1, 1 << 63, UInt64(original.count), 0][Int.random(in: 0..<5, using: &random)], at: wide)
                case 4: mutant.put([UInt32.max, .max >> 1, 1 << 31, 1][Int.random(in: 0..<4, using: &random)], at: wide)
                case 5: mutant.put([UInt16.max, .max >> 1, 1 << 15, 8][Int.random(in: 0..<4, using: &random)], at: wide)
                default:
                    let other = min(places[Int.random(in: 0..<places.count, using: &random)], original.count - 16)
                    let target = min(place, original.count - 16)
                    mutant.bytes.replaceSubrange(target..<target + 16, with: original[other..<other + 16])
                }
            }
            if survives(mutant.bytes) { accepted += 1 }
        }
        // Were all refused, or none, the mutants would not test much.
        #expect(accepted > 0 && accepted < count * 3 / 4)
    }

    @Test func everyTruncation() throws {
        let original = try Fixtures.bytes("hdf5/accepted/compact.h5")
        for count in original.indices { #expect(!survives(Array(original[..<count]))) }
        #expect(survives(original))
    }

    /// Cut, and with a superblock that says that this is all there is: what is missing is found missing where it is needed.
    @Test func everyTruncationThatTheSuperblockAdmits() throws {
        let original = try Fixtures.bytes("hdf5/accepted/compact.h5")
        for count in 96..<original.count {
            var file = EditableFile(bytes: Array(original[..<count]))
            file.put(UInt64(count), at: 40)
            _ = survives(file.bytes)
        }
        var file = EditableFile(bytes: Array(original[..<200]))
        file.put(UInt64(200), at: 40)
        #expect(!survives(file.bytes))
    }

    @Test func everySingleBit() throws {
        let original = try Fixtures.bytes("hdf5/accepted/compact.h5")
        var refused = 0
        for place in original.indices {
            for bit in 0..<8 {
                var mutant = original
                mutant[place] ^= 1 << UInt8(bit)
                if !survives(mutant) { refused += 1 }
            }
        }
        #expect(refused > 500)
    }
}
