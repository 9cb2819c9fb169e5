import KerasFiles
import TensorFiles
import Testing

@Suite struct NumberTableTests {
    private func doubles(_ text: String) throws -> [Double] { try read(text).tensors[0].value.doubles() }

    private func table(_ rows: [[Double]]) throws -> [NamedTensor] {
        [NamedTensor(nil, try TensorValue(shape: [rows.count, rows.first?.count ?? 0], elements: .float64(rows.flatMap { $0 })))]
    }

    @Test(arguments: [
        "1,2,3\n4,5,6\n", "1,2,3\n4,5,6", "1;2;3\r\n4;5;6\r\n", "1\t2\t3\n4\t5\t6\n", "1 2 3\n4 5 6\n", "  1   2 3  \n4 5\t6\n",
        " 1 , 2 ,3\n4,5,6\n\n\n",
        "\"1\",\"2\",\"3\"\n\"4\",5,6\n", "\u{FEFF}1,2,3\n4,5,6\n", "1,2,3\r4,5,6\r", "# of numpy\n1,2,3\n4,5,6\n",
        "1.0,+2,3e0\n.4e1,5.,0.6E+1\n",
    ])
    func separatorsQuotesAndLineEnds(text: String) throws {
        #expect(try read(text).tensors == table([[1, 2, 3], [4, 5, 6]]))
    }

    @Test func tablesOfNumpy() throws {
        let rows = [[0, 0.25, 0.5], [0.75, 1, 1.25]]
        #expect(try Fixtures.read("savetxt.txt").tensors == table(rows))
        #expect(try Fixtures.read("savetxt.csv").tensors == table(rows))
    }

    @Test func aRowOfNames() throws {
        let file = try read("weight,\"height, m\",\"\"\"a\"\"\nb\"\n1,2,3\n")
        #expect(file.columnNames == ["weight", "height, m", "\"a\"\nb"])
        #expect(try file.tensors == table([[1, 2, 3]]))
        #expect(try read("1,2\n").columnNames == nil)
        #expect(try read("x\n1\n2\n").tensors == table([[1], [2]]))
    }

    @Test func oneColumnAndOneNumber() throws {
        #expect(try read("1\n2\n").tensors == table([[1], [2]]))
        #expect(try read("7").tensors == table([[7]]))
    }

    @Test func numbersThatAreNotFinite() throws {
        let numbers = try doubles("nan,NaN,inf,-inf,Infinity,-Infinity,-0\n")
        #expect(numbers[0].isNaN && numbers[1].isNaN)
        #expect(Array(numbers[2..<6]) == [.infinity, -.infinity, .infinity, -.infinity])
        #expect(numbers[6] == 0 && numbers[6].sign == .minus)
    }

    @Test(arguments: [
        ("1,2\n3,x\n", TensorFileError.Kind.notANumber("x"), 2, 2), ("1,2\n3,\n", .emptyCell, 2, 2), ("1,2\n,3\n", .emptyCell, 2, 1),
        ("1,2\n3,\"\"\n", .emptyCell, 2, 2), ("a,1\n2,3\n", .notANumber("a"), 1, 1), ("a,\n2,3\n", .notANumber("a"), 1, 1),
        ("a,b\nc,d\n", .notANumber("c"), 2, 1), ("1;2\n1,5;2\n", .notANumber("1,5"), 2, 1), ("1,0x10\n", .notANumber("0x10"), 1, 2),
        ("1,1_000\n", .notANumber("1_000"), 1, 2), ("1,1e\n", .notANumber("1e"), 1, 2), ("1,--1\n", .notANumber("--1"), 1, 2),
        ("1,.\n", .notANumber("."), 1, 2), ("1,1.2.3\n", .notANumber("1.2.3"), 1, 2), ("1,True\n", .notANumber("True"), 1, 2),
        ("1,nanny\n", .notANumber("nanny"), 1, 2), ("1,infinityx\n", .notANumber("infinityx"), 1, 2),
        ("1,1e400\n", .numberTooLarge("1e400"), 1, 2), ("1,2\n3,\"4\n", .unterminatedQuote, 2, 2),
        ("1,2\n3,\"4\"5\n", .textAfterQuote, 2, 2),
        ("# a\n\"x\ny\",b\n1,z\n", .notANumber("z"), 4, 2), ("1 2\n3 \"4\"5\n", .textAfterQuote, 2, 2),
    ])
    func errorsHaveLineAndColumn(text: String, kind: TensorFileError.Kind, line: Int, column: Int) {
        #expect(failure(text) == TensorFileError(kind, place: .init(line: line, column: column)))
    }

    @Test(arguments: [
        ("1,2\n3\n", TensorFileError.Kind.raggedRow(expected: 2, found: 1), 2),
        ("a,b\n1,2\n1,2,3\n", .raggedRow(expected: 2, found: 3), 3), ("1,2,\n3,4\n", .emptyCell, 1), ("1\n\n2\n", .emptyLine, 2),
        ("\n1\n", .emptyLine, 1), ("1 2\n3\n", .raggedRow(expected: 2, found: 1), 2),
    ])
    func rowsThatDoNotFit(text: String, kind: TensorFileError.Kind, line: Int) {
        let error = failure(text)
        #expect(error?.kind == kind)
        #expect(error?.place.line == line)
    }

    @Test(arguments: ["\n", "a,b\n", " \n \n", "# only a comment\n"]) func tablesWithoutNumbers(text: String) {
        #expect(failure(text)?.kind == .emptyTable)
    }

    @Test func namesThatAreNotUnicode() {
        #expect(failure([0x61, 0x2C, 0xFF, 0x0A, 0x31, 0x2C, 0x31]) == TensorFileError(.invalidUTF8, place: .init(line: 1, column: 2)))
    }

    @Test func longCellsAreShortenedInErrors() {
        #expect(failure("1\n" + String(repeating: "x", count: 100_000))?.kind == .notANumber(String(repeating: "x", count: 64)))
    }

    @Test func writesTheFewestDigits() throws {
        let value = try TensorValue(shape: [2, 2], floats: [0.1, 1, 1e-7, 3.4028235e38])
        #expect(try text(TensorFile([NamedTensor("y", value)]).bytes(as: .csv)) == "0.1,1.0\n1e-07,3.4028235e+38\n")
        let column = try TensorValue(shape: [2], elements: .int64([.min, 7]))
        #expect(try text(TensorFile([NamedTensor(nil, column)]).bytes(as: .csv)) == "-9223372036854775808\n7\n")
        let flags = try TensorValue(shape: [1, 2], elements: .bool([true, false]))
        #expect(try text(TensorFile([NamedTensor(nil, flags)]).bytes(as: .csv)) == "1,0\n")
    }

    @Test func everyFloatSurvives() throws {
        var numbers = SplitMix(state: 7)
        let floats = (0..<30_000).map { _ in Float(bitPattern: UInt32.random(in: 0 ... .max, using: &numbers)) }
        let bytes = try TensorFile([NamedTensor(nil, TensorValue(shape: [10_000, 3], floats: floats))]).bytes(as: .csv)
        let again = try read(bytes).tensors[0].value.floats()
        #expect(zip(floats, again).allSatisfy { $0 == $1 && $0.sign == $1.sign || $0.isNaN && $1.isNaN })
    }

    @Test func textsAreQuotedWhereTheyMustBe() throws {
        let texts = try TensorValue(shape: [2, 2], elements: .strings(["plain", "with, comma", "", "a \"quoted\"\nline"]))
        let bytes = try TensorFile([NamedTensor(nil, texts)]).bytes(as: .csv)
        #expect(String(decoding: bytes, as: UTF8.self) == "plain,\"with, comma\"\n\"\",\"a \"\"quoted\"\"\nline\"\n")
        #expect(try TensorFile(reading: ByteSource(bytes), as: .csv, texts: true).tensors == [NamedTensor(nil, texts)])
    }

    @Test func whatATableCannotHold() throws {
        func kind(_ tensors: [NamedTensor]) -> TensorFileError.Kind? {
            failure { () throws(TensorFileError) in _ = try TensorFile(tensors).bytes(as: .csv) }?.kind
        }
        let value = try TensorValue(shape: [1, 1, 1], floats: [1])
        #expect(kind([NamedTensor(nil, value)]) == .rank(3))
        #expect(kind([NamedTensor(nil, value), NamedTensor(nil, value)]) == .tensorCount(2))
        #expect(kind([]) == .tensorCount(0))
    }
}
