import KerasFiles
import Testing

/// One wrong field at a time: each is refused, by name.
@Suite struct HDF5DamageTests {
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

    /// `group/a`, `group/b` (four float32 each) and one attribute of two strings on the root.
    static let original = "hdf5/accepted/two.h5"

    static let superblock: [Damage] = [
        Damage("first byte", .notHDF5) { $0.bytes[0] ^= 1 },
        Damage("nothing", .notHDF5) { $0.bytes = [] },
        Damage("signature only", .truncated(needed: 96, available: 16)) { $0.bytes.removeSubrange(16...) },
        Damage("version 2", .unsupportedFeature(.newerSuperblock)) { $0.bytes[8] = 2 },
        Damage("version 9", .malformed(.superblock, .version)) { $0.bytes[8] = 9 },
        Damage("root entry version", .malformed(.superblock, .version)) { $0.bytes[10] = 1 },
        Damage("4-byte addresses", .unsupportedFeature(.addressSize)) { $0.bytes[13] = 4 },
        Damage("no room in leaves", .malformed(.superblock, .value)) { $0.put(UInt16(0), at: 16) },
        Damage("base address", .unsupportedFeature(.userBlock)) { $0.put(UInt64(512), at: 24) },
        Damage("end of file too small", .malformed(.superblock, .size)) { $0.put(UInt64(95), at: 40) },
        Damage("end of file too large", .truncated(needed: 10_241, available: 10_240)) { $0.put(UInt64(10_241), at: 40) },
        Damage("driver", .unsupportedFeature(.driverInformation)) { $0.put(UInt64(96), at: 48) },
        Damage("root undefined", .malformed(.objectHeader, .absent)) { $0.put(UInt64.max, at: 64) },
        Damage("root at 2^63", .malformed(.objectHeader, .address)) { $0.put(UInt64(1) << 63, at: 64) },
        Damage("root is a soft link", .unsupportedFeature(.softLink)) { $0.put(UInt32(2), at: 72) },
        Damage("root is the superblock", .unsupportedFeature(.sharedObject)) { $0.put(UInt64(0), at: 64) },
    ]

    static let groups: [Damage] = [
        Damage("tree signature", .malformed(.groupTree, .signature)) { $0.bytes[$0.place(of: "TREE")] ^= 1 },
        Damage("tree of chunks", .malformed(.groupTree, .value)) { $0.bytes[$0.place(of: "TREE") + 4] = 1 },
        Damage("tree too deep", .malformed(.groupTree, .value)) { $0.bytes[$0.place(of: "TREE") + 5] = 9 },
        Damage("leaf taken for a node", .malformed(.groupTree, .signature)) { $0.bytes[$0.place(of: "TREE") + 5] = 1 },
        Damage("too many children", .malformed(.groupTree, .count)) { $0.put(UInt16(33), at: $0.place(of: "TREE") + 6) },
        Damage("node within itself", .malformed(.groupTree, .overlap)) {
            let node = $0.place(of: "TREE")
            $0.bytes[node + 5] = 1
            $0.put(UInt64(node), at: node + 32)
        },
        Damage("key outside the heap", .malformed(.linkName, .address)) { $0.put(UInt64(1) << 40, at: $0.place(of: "TREE") + 24) },
        Damage("key after its child", .malformed(.groupTree, .order)) {
            let node = $0.place(of: "TREE")
            $0.put($0.get(UInt64.self, at: node + 40), at: node + 24)
        },
        Damage("leaf signature", .malformed(.symbolNode, .signature)) { $0.bytes[$0.place(of: "SNOD")] ^= 1 },
        Damage("leaf version", .malformed(.symbolNode, .version)) { $0.bytes[$0.place(of: "SNOD") + 4] = 2 },
        Damage("too many links", .malformed(.symbolNode, .count)) { $0.put(UInt16(9), at: $0.place(of: "SNOD") + 6) },
        Damage("soft link", .unsupportedFeature(.softLink)) { $0.put(UInt32(2), at: $0.place(of: "SNOD") + 8 + 16) },
        Damage("name outside the heap", .malformed(.linkName, .address)) { $0.put(UInt64.max, at: $0.place(of: "SNOD") + 8) },
        Damage("name without end", .malformed(.linkName, .size)) {
            let heap = $0.place(of: "HEAP")
            let size = $0.get(UInt64.self, at: heap + 8)
            let segment = Int($0.get(UInt64.self, at: heap + 24))
            for index in segment + 8..<segment + Int(size) { $0.bytes[index] = 0x61 }
        },
        Damage("empty name", .malformed(.linkName, .size)) { $0.put(UInt64(0), at: $0.place(of: "SNOD", occurrence: 1) + 8) },
        Damage("slash in a name", .malformed(.linkName, .value)) { $0.bytes[$0.place(of: "group\0")] = 0x2F },
        Damage("name is not text", .malformed(.linkName, .encoding)) { $0.bytes[$0.place(of: "group\0")] = 0xFF },
        Damage("names swapped", .malformed(.linkName, .order)) {
            let leaf = $0.place(of: "SNOD", occurrence: 1) + 8
            let first = $0.get(UInt64.self, at: leaf)
            $0.put($0.get(UInt64.self, at: leaf + 40), at: leaf)
            $0.put(first, at: leaf + 40)
        },
        Damage("two names for one object", .unsupportedFeature(.sharedObject)) {
            let leaf = $0.place(of: "SNOD", occurrence: 1) + 8
            $0.put($0.get(UInt64.self, at: leaf + 8), at: leaf + 40 + 8)
        },
        Damage("heap signature", .malformed(.localHeap, .signature)) { $0.bytes[$0.place(of: "HEAP")] ^= 1 },
        Damage("heap version", .malformed(.localHeap, .version)) { $0.bytes[$0.place(of: "HEAP") + 4] = 1 },
        Damage("heap of 2^64 - 1 bytes", .malformed(.localHeap, .size)) { $0.put(UInt64.max, at: $0.place(of: "HEAP") + 8) },
        Damage("heap nowhere", .malformed(.localHeap, .absent)) { $0.put(UInt64.max, at: $0.place(of: "HEAP") + 24) },
    ]

    static let strings: [Damage] = [
        Damage("collection signature", .malformed(.globalHeap, .signature)) { $0.bytes[$0.place(of: "GCOL")] ^= 1 },
        Damage("collection smaller than its head", .malformed(.globalHeap, .size)) { $0.put(UInt64(15), at: $0.place(of: "GCOL") + 8) },
        Damage("object larger than the collection", .malformed(.globalHeap, .size)) { $0.put(UInt64.max - 7, at: $0.place(of: "GCOL") + 24) },
        Damage("free space of no bytes", .malformed(.globalHeap, .size)) {
            $0.put(UInt16(0), at: $0.place(of: "GCOL") + 16)
            $0.put(UInt64(0), at: $0.place(of: "GCOL") + 24)
        },
        Damage("index twice", .malformed(.globalHeap, .duplicate)) { $0.put(UInt16(1), at: $0.place(of: "GCOL") + 40) },
        Damage("reference too short", .malformed(.heapReference, .size)) { $0.put(UInt32(4), at: reference(in: $0)) },
        Damage("reference too long", .malformed(.heapReference, .size)) { $0.put(UInt32.max, at: reference(in: $0)) },
        Damage("reference to no object", .malformed(.heapReference, .address)) { $0.put(UInt32(99), at: reference(in: $0) + 12) },
        Damage("reference to the free space", .malformed(.heapReference, .address)) { $0.put(UInt32(0), at: reference(in: $0) + 12) },
        Damage("reference index beyond 16 bits", .malformed(.heapReference, .address)) { $0.put(UInt32(65_537), at: reference(in: $0) + 12) },
        Damage("reference to a collection that is not there", .malformed(.globalHeap, .address)) { $0.put(UInt64(1) << 50, at: reference(in: $0) + 4) },
        Damage("not UTF-8", .malformed(.text, .encoding)) { $0.bytes[$0.place(of: "first")] = 0xFF },
    ]

    /// Where the first reference to a string is.
    static func reference(in file: EditableFile) -> Int {
        file.place(of: EditableFile.littleEndian(UInt32(5)) + EditableFile.littleEndian(UInt64(file.place(of: "GCOL"))))
    }

    static let objects: [Damage] = [
        Damage("header signature", .malformed(.objectHeader, .signature)) { $0.bytes[96] = 2 },
        Damage("one message too many", .malformed(.objectHeader, .count)) { $0.put($0.get(UInt16.self, at: 98) - 1, at: 98) },
        Damage("one message too few", .malformed(.objectHeader, .count)) { $0.put($0.get(UInt16.self, at: 98) + 1, at: 98) },
        Damage("header of 4 GiB", .limitExceeded(.headerBytes, found: 0xFFFF_FFFF, limit: 16 << 20)) { $0.put(UInt32.max, at: 104) },
        Damage("message beyond the header", .malformed(.objectHeader, .size)) { $0.put(UInt16(0xFFF8), at: 114) },
        Damage("unknown message", .unsupportedFeature(.unknownMessage)) { $0.put(UInt16(0x77), at: 112) },
        Damage("message stored elsewhere", .unsupportedFeature(.sharedMessage)) { $0.bytes[116] = 2 },
        Damage("elements of b where a has its own", .malformed(.dataLayout, .overlap)) {
            $0.put(UInt64(elements(of: 0, in: $0)), at: $0.place(of: UInt64(elements(of: 4, in: $0))))
        },
        Damage("elements of b half over those of a", .malformed(.extents, .overlap)) {
            $0.put(UInt64(elements(of: 0, in: $0) + 8), at: $0.place(of: UInt64(elements(of: 4, in: $0))))
        },
        Damage("elements over the superblock", .malformed(.dataLayout, .overlap)) {
            $0.put(UInt64(0), at: $0.place(of: UInt64(elements(of: 4, in: $0))))
        },
        Damage("elements past the end", .truncated(needed: 16, available: 8)) {
            $0.put(UInt64(10_232), at: $0.place(of: UInt64(elements(of: 4, in: $0))))
        },
        Damage("elements nowhere", .unsupportedFeature(.unwrittenDataset)) {
            $0.put(UInt64.max, at: $0.place(of: UInt64(elements(of: 4, in: $0))))
        },
        Damage("more bytes than the shape needs", .malformed(.dataLayout, .size)) {
            $0.put(UInt64(20), at: $0.place(of: UInt64(elements(of: 4, in: $0))) + 8)
        },
        Damage("chunked", .unsupportedFeature(.chunkedLayout)) { $0.bytes[$0.place(of: UInt64(elements(of: 4, in: $0))) - 1] = 2 },
        Damage("layout version 1", .unsupportedFeature(.olderLayout)) { $0.bytes[$0.place(of: UInt64(elements(of: 4, in: $0))) - 2] = 1 },
        Damage("exponent of other size", .unsupportedFeature(.datatype)) { $0.bytes[float(in: $0) + 13] = 7 },
        Damage("sign in another place", .unsupportedFeature(.datatype)) { $0.bytes[float(in: $0) + 2] = 30 },
        Damage("big-endian", .unsupportedFeature(.bigEndian)) { $0.bytes[float(in: $0) + 1] |= 1 },
        Damage("type of 2^32 - 1 bytes", .unsupportedFeature(.datatype)) { $0.put(UInt32.max, at: float(in: $0) + 4) },
        Damage("integer of 2^32 - 1 bytes", .unsupportedFeature(.datatype)) {
            let type = float(in: $0)
            $0.bytes[type] = 0x10
            $0.bytes[type + 1] = 0
            $0.put(UInt32.max, at: type + 4)
        },
        Damage("type of no bytes", .malformed(.datatype, .size)) { $0.put(UInt32(0), at: float(in: $0) + 4) },
    ]

    /// Where the four float32 beginning with `first` are.
    static func elements(of first: Float, in file: EditableFile) -> Int {
        file.place(of: (0..<4).flatMap { EditableFile.littleEndian((first + Float($0)).bitPattern) })
    }

    /// Where a float32's description begins.
    static func float(in file: EditableFile) -> Int {
        file.place(of: [0x11, 0x20, 31, 0, 4, 0, 0, 0])
    }

    @Test func originalIsRead() throws {
        let file = try HDF5File(source: ByteSource(Fixtures.bytes(Self.original)))
        #expect(try file.root.dataset("group/b").tensor.floats() == [4, 5, 6, 7])
        #expect(try file.root.stringList("names") == ["first", "second"])
    }

    @Test(arguments: superblock + groups + strings + objects)
    func damageIsNamed(_ damage: Damage) throws {
        var file = EditableFile(bytes: try Fixtures.bytes(Self.original))
        damage.edit(&file)
        let error = failure { _ = try HDF5File(source: ByteSource(file.bytes)) }
        #expect(error?.kind == damage.expected)
    }

    @Test func errorsSayWhere() throws {
        var file = EditableFile(bytes: try Fixtures.bytes(Self.original))
        let place = Self.reference(in: file)
        file.put(UInt32(4), at: place)
        let error = failure { _ = try HDF5File(source: ByteSource(file.bytes)) }
        #expect(error == KerasFileError(.malformed(.heapReference, .size), path: "/", key: "names", offset: UInt64(place)))
    }
}
