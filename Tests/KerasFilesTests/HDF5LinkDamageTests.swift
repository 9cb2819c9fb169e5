import Testing

@testable import KerasFiles

/// Wrong fields behind right checksums, in groups that keep their links in a heap.
@Suite struct HDF5LinkDamageTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let expected: KerasFileError.Kind
        let edit: @Sendable (inout EditableFile) -> Void

        init(_ description: String, _ expected: KerasFileError.Kind, _ edit: @escaping @Sendable (inout EditableFile) -> Void) {
            testDescription = description
            self.expected = expected
            self.edit = edit
        }
    }

    static let heapSize = 146
    static let indexSize = 38

    /// Changes the structure that begins with `signature` and has `size` bytes, and mends its checksum.
    static func change(_ signature: String, _ size: Int, in file: inout EditableFile, _ edit: (inout EditableFile, Int) -> Void) {
        let place = file.place(of: signature)
        edit(&file, place)
        file.put(LookupHash.of(Array(file.bytes[place..<place + size - 4])), at: place + size - 4)
    }

    /// The first leaf of the index, with its number of records.
    static func changeLeaf(in file: inout EditableFile, _ edit: (inout EditableFile, Int) -> Void) {
        let leaf = file.place(of: "BTLF")
        let root = file.place(of: "BTIN")
        let count = Int(file.bytes[root + 6 + 11 + 8])
        change("BTLF", 6 + count * 11 + 4, in: &file) { file, place in edit(&file, place) }
        #expect(file.place(of: "BTLF") == leaf)
    }

    static let damages: [Damage] = [
        Damage("nothing but the checksum", .malformed(.fractalHeap, .checksum)) { $0.bytes[$0.place(of: "FRHP") + heapSize - 1] ^= 1 },
        Damage("a statistic", .malformed(.fractalHeap, .checksum)) { $0.bytes[$0.place(of: "FRHP") + 20] ^= 1 },
        Damage("heap of other objects", .unsupportedFeature(.newerGroup)) {
            change("FRHP", heapSize, in: &$0) { $0.put(UInt16(8), at: $1 + 5) }
        },
        Damage("heap of other rows", .unsupportedFeature(.newerGroup)) {
            change("FRHP", heapSize, in: &$0) { $0.put(UInt16(8), at: $1 + 110) }
        },
        Damage("more rows than fit", .malformed(.fractalHeap, .count)) {
            change("FRHP", heapSize, in: &$0) { $0.put(UInt16(23), at: $1 + heapSize - 6) }
        },
        Damage("rows within themselves", .malformed(.fractalHeap, .overlap)) {
            let block = $0.place(of: "FHIB")
            let rows = Int($0.get(UInt16.self, at: $0.place(of: "FRHP") + heapSize - 6))
            change("FHIB", 17 + rows * 32 + 4, in: &$0) { $0.put(UInt64(block), at: $1 + 17) }
        },
        Damage("rows that belong elsewhere", .malformed(.fractalHeap, .address)) {
            let rows = Int($0.get(UInt16.self, at: $0.place(of: "FRHP") + heapSize - 6))
            change("FHIB", 17 + rows * 32 + 4, in: &$0) { $0.put(UInt32(512), at: $1 + 13) }
        },
        Damage("block content", .malformed(.fractalHeap, .checksum)) { $0.bytes[$0.place(of: "FHDB") + 300] ^= 1 },
        Damage("block of another heap", .malformed(.fractalHeap, .address)) { $0.put(UInt64(96), at: $0.place(of: "FHDB") + 5) },
        Damage("index of something else", .unsupportedFeature(.newerGroup)) {
            change("BTHD", indexSize, in: &$0) { $0.bytes[$1 + 5] = 6 }
        },
        Damage("deep index", .malformed(.linkIndex, .value)) {
            change("BTHD", indexSize, in: &$0) { $0.put(UInt16(6), at: $1 + 12) }
        },
        Damage("node taken for a leaf", .malformed(.linkIndex, .signature)) {
            change("BTHD", indexSize, in: &$0) { $0.put(UInt16(0), at: $1 + 12) }
        },
        Damage("more records than a node holds", .malformed(.linkIndex, .count)) {
            change("BTHD", indexSize, in: &$0) { $0.put(UInt16(25), at: $1 + 24) }
        },
        Damage("one record too many", .malformed(.linkIndex, .count)) {
            change("BTHD", indexSize, in: &$0) { $0.put(UInt64(61), at: $1 + 26) }
        },
        Damage("records out of order", .malformed(.linkIndex, .order)) { changeLeaf(in: &$0) { $0.put(UInt32.max, at: $1 + 6) } },
        Damage("hash of another name", .malformed(.headerMessage, .value)) { changeLeaf(in: &$0) { $0.put(UInt32(0), at: $1 + 6) } },
        Damage("large object", .unsupportedFeature(.newerGroup)) { changeLeaf(in: &$0) { $0.bytes[$1 + 10] = 0x10 } },
        Damage("object of unknown kind", .malformed(.linkIndex, .value)) { changeLeaf(in: &$0) { $0.bytes[$1 + 10] = 0x30 } },
        Damage("object outside the heap", .malformed(.fractalHeap, .address)) { changeLeaf(in: &$0) { $0.put(UInt32.max, at: $1 + 11) } },
        Damage("object in a block's head", .malformed(.fractalHeap, .size)) { changeLeaf(in: &$0) { $0.put(UInt32(20), at: $1 + 11) } },
        Damage("object over a block's end", .malformed(.fractalHeap, .size)) { changeLeaf(in: &$0) { $0.put(UInt16.max, at: $1 + 15) } },
        Damage("the same link twice", .malformed(.linkName, .order)) {
            changeLeaf(in: &$0) { file, leaf in
                file.bytes.replaceSubrange(leaf + 6 + 11..<leaf + 6 + 22, with: file.bytes[leaf + 6..<leaf + 17])
            }
        },
    ]

    @Test(arguments: damages)
    func damageIsNamed(_ damage: Damage) throws {
        var file = EditableFile(bytes: try Fixtures.bytes("hdf5/accepted/links.h5"))
        damage.edit(&file)
        #expect(failure { _ = try HDF5File(source: ByteSource(file.bytes)) }?.kind == damage.expected)
    }

    /// The values that the hash's author gives.
    @Test func hash() {
        #expect(LookupHash.of([]) == 0xDEAD_BEEF)
        #expect(LookupHash.of(Array("Four score and seven years ago".utf8)) == 0x1777_0551)
    }
}
