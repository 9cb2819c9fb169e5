import KerasFiles
import Testing

/// Damaged archives are refused or read, and never crash the reader or make it hand out anything but what the checksums promise.
@Suite struct ZipMutationTests {
    private let contents = ["config.json": Array("{}".utf8), "b": (0..<300).map { UInt8(truncatingIfNeeded: $0 / 3) }]

    private var seed: [UInt8] {
        var forged = ForgedZip(
            .init("config.json", contents["config.json"]!), .init("b", contents["b"]!, deflated: true))
        forged.members[1].local.extra = le(0x5455 as UInt16) + le(1 as UInt16) + [0]
        return forged.bytes
    }

    @Test func everyFlippedBit() {
        let seed = seed
        for bit in 0..<seed.count * 8 {
            var mutant = seed
            mutant[bit / 8] ^= 1 << (bit % 8)
            expectRefusedOrRight(mutant)
        }
    }

    @Test func maximisedFieldsSplicesAndCuts() throws {
        var numbers = SplitMix(state: 1)
        let seeds = try [seed, Fixtures.bytes("tensors/stored.npz"), Fixtures.bytes("tensors/deflated.npz")]
        for round in 0..<6_000 {
            var mutant = seeds[round % seeds.count]
            let place = Int.random(in: 0..<mutant.count, using: &numbers)
            let width = min([1, 2, 4, 8].randomElement(using: &numbers)!, mutant.count - place)
            switch round / seeds.count % 5 {
            case 0: for index in place..<place + width { mutant[index] = 0xFF }
            case 1: for index in place..<place + width { mutant[index] = 0 }
            case 2: for index in place..<place + width { mutant[index] = UInt8.random(in: 0...255, using: &numbers) }
            case 3: mutant.removeSubrange(place..<place + width)
            default:
                let from = Int.random(in: 0...mutant.count - width, using: &numbers)
                for index in 0..<width { mutant[place + index] = mutant[from + index] }
            }
            if round % seeds.count == 0 { expectRefusedOrRight(mutant) } else { _ = zipError(mutant, names: .exact) }
        }
    }

    private func expectRefusedOrRight(_ bytes: [UInt8]) {
        guard let archive = try? ZipArchive(source: ByteSource(bytes)) else { return }
        for member in archive.members {
            guard let read = try? archive.bytes(of: member.name) else { continue }
            #expect(CRC32.of(read) == member.checksum)
            #expect(read.count == Int(member.size))
            // Names stand in two places, so a single change cannot alter one unnoticed.
            #expect(contents[member.name] == read)
        }
    }
}

/// A small generator with a fixed sequence, so that a failing mutant can be made again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
