import KerasFiles
import TensorFiles
import Testing

@Suite struct JSONTensorsTests {
    private func value(_ shape: [Int], _ doubles: [Double]) throws -> TensorValue {
        try TensorValue(shape: shape, elements: .float64(doubles))
    }

    @Test func nestedArrays() throws {
        #expect(try read(" [[1, 2.5], [-3e2, 4]]\n").tensors == [NamedTensor(nil, value([2, 2], [1, 2.5, -300, 4]))])
        #expect(try read("[]").tensors == [NamedTensor(nil, value([0], []))])
        #expect(try read("[[], []]").tensors == [NamedTensor(nil, value([2, 0], []))])
        #expect(try read("\u{FEFF}[[[7]]]").tensors == [NamedTensor(nil, value([1, 1, 1], [7]))])
        #expect(try read("[true, false]").tensors[0].value.elements == .bool([true, false]))
        #expect(try read("[\"a\", \"\\u00e9\"]").tensors[0].value.strings() == ["a", "é"])
    }

    @Test func namedArraysOfPython() throws {
        let tensors = try Fixtures.read("dumps.json").tensors
        #expect(tensors.map(\.name) == ["x", "n", "s", "odd"])
        #expect(try tensors[0].value == value([2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25]))
        #expect(try tensors[1].value == value([2], [1, 2]))
        #expect(try tensors[2].value == value([], [3]))
        let odd = try tensors[3].value.doubles()
        #expect(odd[0].isNaN && odd[1] == -.infinity && odd[2] == 1e-7)
    }

    @Test(arguments: [
        ("[[1, 2], [3]]", TensorFileError.Kind.raggedArray, [1]), ("[[1], [2, 3]]", .raggedArray, [1]), ("[1, [2]]", .raggedArray, [1]),
        ("[[1], 2]", .raggedArray, [1]), ("[[], [1]]", .raggedArray, [1]), ("[[[1]], [[1, 2]]]", .raggedArray, [1, 0]),
        ("[1, true]", .mixedElements, [1]), ("[true, 1]", .mixedElements, [1]), ("[1, \"a\"]", .mixedElements, [1]),
        ("[[1, null]]", .notATensor(.null), [0, 1]), ("[{}]", .notATensor(.object), [0]), ("[9007199254740993]", .inexact, [0]),
        ("[123456789012345678901234567890]", .inexact, [0]),
    ])
    func errorsNameTheElement(text: String, kind: TensorFileError.Kind, index: [Int]) {
        #expect(failure(text) == TensorFileError(kind, place: .init(index: index)))
    }

    @Test func errorsNameTheTensor() {
        #expect(failure("{\"a\": [1], \"b\": [[1], []]}") == TensorFileError(.raggedArray, place: .init(tensor: "b", index: [1])))
        #expect(failure("{\"a\": {}}") == TensorFileError(.notATensor(.object), place: .init(tensor: "a", index: [])))
    }

    @Test func syntaxErrorsHaveLineAndColumn() {
        #expect(
            failure("[\n  1,\n  2 3\n]")
                == TensorFileError(.source(.json(.unexpectedByte(UInt8(ascii: "3")))), place: .init(line: 3, column: 5)))
        #expect(failure("{\"a\": [1], \"a\": [2]}")?.kind == .source(.json(.duplicateKey)))
        #expect(failure("[1] 2")?.kind == .source(.json(.trailingBytes)))
        #expect(failure("[1")?.kind == .source(.json(.unexpectedEnd)))
    }

    @Test func limits() {
        #expect(failure(String(repeating: "[", count: 9) + "1" + String(repeating: "]", count: 9))?.kind == .rank(9))
        let deep = failure(String(repeating: "[", count: 100_000))?.kind
        #expect(deep == .source(.limitExceeded(.jsonDepth, found: 129, limit: 128)))
        var limits = Limits()
        limits.jsonNodes = 3
        guard case .source(.limitExceeded(.jsonNodes, _, 3)) = failure("[1, 2, 3, 4]", limits: limits)?.kind else {
            Issue.record("more values than allowed were read")
            return
        }
    }

    @Test func writesOneTensorAsAnArray() throws {
        let value = try TensorValue(shape: [2, 2, 2], floats: [0.1, .nan, .infinity, -.infinity, 1e-7, -0.0, 1e20, 3])
        let bytes = try TensorFile([NamedTensor("y", value)]).bytes(as: .json)
        let expected = """
            [
              [
                [0.1, NaN],
                [Infinity, -Infinity]
              ],
              [
                [1e-07, -0.0],
                [1e+20, 3.0]
              ]
            ]

            """
        #expect(text(bytes) == expected)
        #expect(try read(bytes).tensors[0].value.doubles().count == 8)
    }

    @Test func writesSeveralTensorsAsAnObject() throws {
        let numbers = try TensorValue(shape: [1, 2], elements: .int32([1, -2]))
        let flags = try TensorValue(shape: [2], elements: .bool([true, false]))
        let strings = try TensorValue(shape: [1], elements: .strings(["\"\n"]))
        let file = TensorFile([NamedTensor("a\"b", numbers), NamedTensor(nil, flags), NamedTensor("s", strings)])
        let expected = """
            {
              "a\\"b": [
                [1, -2]
              ],
              "arr_1": [true, false],
              "s": ["\\"\\n"]
            }

            """
        #expect(try text(file.bytes(as: .json)) == expected)
        #expect(try read(file.bytes(as: .json)).tensors.map(\.value.shape) == [[1, 2], [2], [1]])
        #expect(
            failure { () throws(TensorFileError) in
                _ = try TensorFile([NamedTensor("a", numbers), NamedTensor("a", numbers)]).bytes(as: .json)
            }?.kind == .duplicateName("a"))
    }

    @Test func emptyTensors() throws {
        let empty = try TensorValue(shape: [2, 0], floats: [])
        #expect(try read(TensorFile([NamedTensor(nil, empty)]).bytes(as: .json)).tensors[0].value.shape == [2, 0])
        let none = try TensorValue(shape: [0], floats: [])
        #expect(try text(TensorFile([NamedTensor(nil, none)]).bytes(as: .json)) == "[]\n")
    }
}
