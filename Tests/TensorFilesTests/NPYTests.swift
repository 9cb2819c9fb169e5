import KerasFiles
import TensorFiles
import Testing

/// Files written by numpy; what is read is written again byte for byte.
@Suite struct NPYTests {
    @Test(arguments: [
        ("i1", TensorElements.int8([0, 1, 2, 3, 4, 5])), ("i2", .int16([0, 1, 2, 3, 4, 5])), ("i4", .int32([0, 1, 2, 3, 4, 5])),
        ("i8", .int64([0, 1, 2, 3, 4, 5])), ("u1", .uint8([0, 1, 2, 3, 4, 5])), ("u2", .uint16([0, 1, 2, 3, 4, 5])),
        ("u4", .uint32([0, 1, 2, 3, 4, 5])), ("u8", .uint64([0, 1, 2, 3, 4, 5])), ("f4", .float32([0, 1, 2, 3, 4, 5])),
        ("f8", .float64([0, 1, 2, 3, 4, 5])), ("f2", .float16([0, 0x3C00, 0x4000, 0x4200, 0x4400, 0x4500])),
        ("bool", .bool([false, true, false, true, false, true])),
    ])
    func everyElementType(name: String, elements: TensorElements) throws {
        let file = try Fixtures.read("\(name).npy")
        #expect(try file.tensors == [NamedTensor(nil, TensorValue(shape: [2, 3], elements: elements))])
        #expect(try file.bytes(as: .npy) == Fixtures.bytes("\(name).npy"))
    }

    @Test func bigEndianNumbers() throws {
        #expect(try Fixtures.read("big-endian-f4.npy").tensors == Fixtures.read("f4.npy").tensors)
        #expect(try Fixtures.read("big-endian-i8.npy").tensors == Fixtures.read("i8.npy").tensors)
        #expect(try Fixtures.read("big-endian-text-u.npy").tensors == Fixtures.read("text-u.npy").tensors)
    }

    @Test func columnsFirst() throws {
        let value = try Fixtures.read("fortran-f4.npy").tensors[0].value
        #expect(try value == TensorValue(shape: [2, 3, 4], floats: (0..<24).map(Float.init)))
    }

    @Test(arguments: ["version2-f4.npy", "version3-f4.npy"]) func laterVersions(name: String) throws {
        #expect(try Fixtures.read(name).tensors == Fixtures.read("f4.npy").tensors)
    }

    @Test func scalarsAndEmptyArrays() throws {
        let scalar = try Fixtures.read("scalar-f8.npy")
        #expect(try scalar.tensors[0].value == TensorValue(shape: [], elements: .float64([-0.5])))
        #expect(try scalar.bytes(as: .npy) == Fixtures.bytes("scalar-f8.npy"))
        let empty = try Fixtures.read("empty-f4.npy")
        #expect(try empty.tensors[0].value == TensorValue(shape: [0, 3], floats: []))
        #expect(try empty.bytes(as: .npy) == Fixtures.bytes("empty-f4.npy"))
    }

    @Test func numbersThatAreNotFiniteOrNotNormal() throws {
        let file = try Fixtures.read("special-f4.npy")
        let floats = try file.tensors[0].value.floats()
        #expect(floats.map(\.bitPattern) == [0x7FC0_0000, 0x7F80_0000, 0xFF80_0000, 0x8000_0000, 1, 0x7F7F_FFFF, 0x3DCC_CCCD])
        #expect(try file.bytes(as: .npy) == Fixtures.bytes("special-f4.npy"))
        let halves = try Fixtures.read("special-f2.npy").tensors[0].value.floats()
        #expect(halves[0].isNaN && halves[3].sign == .minus)
        #expect(Array(halves[1...]) == [.infinity, -.infinity, 0, 0x1p-24, 65504, 0.099975586])
    }

    @Test func extremeIntegers() throws {
        let file = try Fixtures.read("extreme-i8.npy")
        #expect(file.tensors[0].value.elements == .int64([.min, -1, 1 << 24, 1 << 24 + 1, .max]))
        #expect(try file.bytes(as: .npy) == Fixtures.bytes("extreme-i8.npy"))
    }

    @Test func text() throws {
        let file = try Fixtures.read("text-u.npy")
        #expect(try file.tensors[0].value == TensorValue(shape: [2, 2], elements: .strings(["a", "Grüße", "", "日本 🎈"])))
        #expect(try file.bytes(as: .npy) == Fixtures.bytes("text-u.npy"))
        #expect(try Fixtures.read("text-s.npy").tensors[0].value.strings() == ["ab", "", "cde"])
    }

    @Test(arguments: [
        ("complex", TensorFileError.Kind.elementType("<c8")), ("object", .elementType("|O")), ("date", .elementType("<M8[s]")),
        ("structured", .npyHeader(.structured)),
    ])
    func typesThatAreNoNumbersAreNamed(name: String, kind: TensorFileError.Kind) throws {
        #expect(try failure(Fixtures.bytes("refused-\(name).npy"))?.kind == kind)
    }
}
