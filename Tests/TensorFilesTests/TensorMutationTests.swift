import KerasFiles
import TensorFiles
import Testing

/// Damaged files are refused or read, and never crash the readers.
@Suite struct TensorMutationTests {
    private static let names = [
        "f4.npy", "fortran-f4.npy", "bool.npy", "text-u.npy", "text-s.npy", "version2-f4.npy", "special-f2.npy", "scalar-f8.npy",
        "stored.npz", "deflated.npz", "savetxt.csv", "savetxt.txt", "dumps.json",
    ]

    @Test(arguments: names) func mutants(name: String) throws {
        let seed = try Fixtures.bytes(name)
        var numbers = SplitMix(state: UInt64(seed.count))
        var (read, refused) = (0, 0)
        for _ in 0..<1_000 {
            var mutant = seed
            for _ in 0..<Int.random(in: 1...3, using: &numbers) { mutate(&mutant, using: &numbers) }
            do throws(TensorFileError) {
                for tensor in try TensorFile(reading: ByteSource(mutant)).tensors {
                    // Whatever is read fits its shape and what was there.
                    #expect(tensor.value.elements.count == tensor.value.shape.reduce(1, *))
                    #expect(tensor.value.elements.count <= 40_000)
                    _ = try? tensor.value.floats()
                    _ = try? tensor.value.int32s()
                }
                read += 1
            } catch {
                refused += 1
            }
        }
        #expect(read + refused == 1_000 && refused > 0)
    }

    @Test func everyFlippedBitOfAnArray() throws {
        let seed = try Fixtures.bytes("f4.npy")
        for bit in 0..<seed.count * 8 {
            var mutant = seed
            mutant[bit / 8] ^= 1 << (bit % 8)
            guard let file = try? TensorFile(reading: ByteSource(mutant)), let value = file.tensors.first?.value else { continue }
            // 24 bytes of elements, and never more.
            #expect(value.elements.count * (value.elements.elementType?.size ?? 1) <= 24)
        }
    }

    private func mutate(_ bytes: inout [UInt8], using numbers: inout SplitMix) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &numbers)
        let width = min(Int.random(in: 1...8, using: &numbers), bytes.count - place)
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
        case 1: for index in place..<place + width { bytes[index] = 0xFF }
        case 2: bytes[place] = Array("0123456789-+.eE,;\t \n\r\"'()[]{}<>|:#NaUSfiub".utf8).randomElement(using: &numbers) ?? 0
        case 3: bytes.removeSubrange(place..<place + width)
        case 4: bytes.insert(contentsOf: bytes[place..<place + width], at: Int.random(in: 0...bytes.count, using: &numbers))
        default: bytes.removeSubrange(place...)
        }
    }
}
