import KerasFiles
import TensorFiles
import Testing

/// Headers that numpy does not write, and contents that do not match theirs.
@Suite struct HostileNPYTests {
    private func file(_ dictionary: String, _ contents: [UInt8] = [], version: UInt8 = 1, length: Int? = nil) -> [UInt8] {
        let count = length ?? dictionary.utf8.count + 1
        let size = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + Array(dictionary.utf8) + [0x0A] + contents
    }

    private func file(descr: String = "'|u1'", order: String = "False", shape: String, _ contents: [UInt8] = []) -> [UInt8] {
        file("{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape), }", contents)
    }

    private func problem(_ bytes: [UInt8]) -> TensorFileError.HeaderProblem? {
        guard case .npyHeader(let problem) = failure(bytes)?.kind else { return nil }
        return problem
    }

    @Test func keysInAnyOrderAndPythonTwosIntegers() throws {
        let bytes = file("{\"shape\":(3L,), 'fortran_order': False,'descr':'|u1'}   ", [1, 2, 3])
        #expect(try read(bytes).tensors[0].value == TensorValue(shape: [3], elements: .uint8([1, 2, 3])))
    }

    @Test(arguments: [
        "", "[]", "{", "{'descr'", "{'descr' '|u1'}", "{'descr': '|u1' 'shape': ()}", "{descr: '|u1'}", "{,}",
        "{'descr': '|u1', 'fortran_order': 0, 'shape': ()}", "{'descr': '|u1', 'fortran_order': false, 'shape': ()}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (),, }", "__import__('os')", "{'sha\\x70e': ()}",
    ])
    func brokenDictionaries(dictionary: String) {
        #expect(problem(file(dictionary)) == .syntax)
    }

    @Test(arguments: [
        "(3)", "3", "[3]", "(-1,)", "(3.0,)", "(3, 4", "(,)", "(3,,)", "(1 2)", "(9223372036854775808,)", "(0x3,)", "(1e3,)", "('3',)",
        "(True,)", "(1, 1, 1, 1, 1, 1, 1, 1, 1)", "None",
    ])
    func shapesThatAreNoTuplesOfIntegers(shape: String) {
        #expect(problem(file(shape: shape)) == .shape)
    }

    @Test func missingDoubleAndUnknownKeys() {
        #expect(problem(file("{}")) == .missingKey("descr"))
        #expect(problem(file("{'descr': '|u1'}")) == .missingKey("fortran_order"))
        #expect(problem(file("{'descr': '|u1', 'fortran_order': True}")) == .missingKey("shape"))
        #expect(problem(file("{'descr': '|u1', 'descr': '|u1'}")) == .duplicateKey("descr"))
        #expect(problem(file("{'shape': (), 'shape': ()}")) == .duplicateKey("shape"))
        #expect(problem(file("{'fortran_order': True, 'fortran_order': True}")) == .duplicateKey("fortran_order"))
        #expect(problem(file("{'extra': 1}")) == .unknownKey("extra"))
    }

    @Test func paddingThatIsNone() {
        let dictionary = "{'descr': '|u1', 'fortran_order': False, 'shape': (0,), }"
        #expect(problem(file(dictionary + " x")) == .padding)
        #expect(problem(file(dictionary, length: dictionary.utf8.count)) == .padding)
    }

    @Test(arguments: [
        "|V2", "<c16", "<m8", "|O", "<f16", "<i3", "<i", "i4", "=i4", "", "<", "<U", "<U-1", "<U99999999999999999999", "<U+1", "|i4", "<b2",
        "<f4 ", "<f①",
    ])
    func elementTypes(descriptor: String) {
        let kind = failure(file(descr: "'\(descriptor)'", shape: "(0,)"))?.kind
        #expect(kind == (descriptor.utf8.allSatisfy { $0 < 0x80 } ? .elementType(descriptor) : .npyHeader(.structured)))
    }

    @Test func shapesThatNeedOtherBytesThanThereAre() {
        #expect(failure(file(shape: "(4,)", [1, 2, 3]))?.kind == .byteCount(expected: 4, found: 3))
        #expect(failure(file(shape: "(2,)", [1, 2, 3]))?.kind == .byteCount(expected: 2, found: 3))
        #expect(failure(file(shape: "(0, 5)", [1]))?.kind == .byteCount(expected: 0, found: 1))
        #expect(failure(file(shape: "()"))?.kind == .byteCount(expected: 1, found: 0))
        #expect(failure(file(shape: "(1099511627776,)"))?.kind == .byteCount(expected: 1 << 40, found: 0))
    }

    @Test(arguments: [
        "(4611686018427387904, 4)", "(4194305, 4194305, 211106198978564)", "(0, 4611686018427387904, 4)", "(9223372036854775807, 2)",
    ])
    func productsThatOverflow(shape: String) {
        #expect(failure(file(descr: "'<f8'", shape: shape))?.kind == .byteCount(expected: .max, found: 0))
    }

    @Test func elementsWithoutBytes() {
        // 10^18 empty texts would take no byte of the file.
        #expect(failure(file(descr: "'<U0'", shape: "(1000000000000000000,)"))?.kind == .byteCount(expected: 0, found: 0))
        #expect(failure(file(descr: "'|S0'", shape: "(0,)")) == nil)
    }

    @Test func badElementsAreLocated() {
        let bools = file(descr: "'|b1'", shape: "(3,)", [0, 1, 2])
        #expect(failure(bools) == TensorFileError(.badElement, place: .init(offset: UInt64(bools.count - 1))))
        let surrogate = file(descr: "'<U1'", shape: "(2,)", [65, 0, 0, 0, 0, 0xD8, 0, 0])
        #expect(failure(surrogate) == TensorFileError(.badElement, place: .init(offset: UInt64(surrogate.count - 4))))
        #expect(failure(file(descr: "'<U1'", shape: "(1,)", [0, 0, 0x11, 0]))?.kind == .badElement)
        #expect(failure(file(descr: "'|S2'", shape: "(1,)", [0xC3, 0x28]))?.kind == .badElement)
    }

    @Test func zerosInsideTextAreKept() throws {
        let bytes = file(descr: "'<U3'", shape: "(1,)", [65, 0, 0, 0] + [0, 0, 0, 0] + [66, 0, 0, 0])
        #expect(try read(bytes).tensors[0].value.strings() == ["A\0B"])
    }

    @Test func versionsAndLengths() {
        #expect(failure(file("{}", version: 0))?.kind == .npyVersion(major: 0, minor: 0))
        #expect(failure(file("{}", version: 4))?.kind == .npyVersion(major: 4, minor: 0))
        #expect(problem(file("{}", length: 1000)) == .truncated)
        #expect(
            failure(file("{}", version: 2, length: 0xFFFF_FFFF))?.kind
                == .source(.limitExceeded(.headerBytes, found: 0xFFFF_FFFF, limit: 65_536)))
    }

    @Test func everyTruncation() throws {
        let bytes = try Fixtures.bytes("version2-f4.npy")
        for count in 0..<bytes.count { #expect(failure(Array(bytes.prefix(count)), as: .npy) != nil) }
        #expect(failure([]) == TensorFileError(.unrecognised(.empty)))
    }
}
