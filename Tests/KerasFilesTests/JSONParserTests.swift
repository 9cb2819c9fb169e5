import KerasFiles
import Testing

@Suite struct JSONParserTests {
    private func problem(_ bytes: [UInt8]) -> KerasFileError? { failure { _ = try JSON(parsing: bytes) } }
    private func problem(_ text: String) -> KerasFileError? { problem(Array(text.utf8)) }

    @Test func keepsOrderAndKindsOfNumbers() throws {
        let json = try JSON(parsing: #" {"b": 1, "a": 1.0, "c": [-0, -0.0, 1e2, 12345678901234567890, true, null]} "#)
        #expect(json.objectValue?.keys == ["b", "a", "c"])
        #expect(json["b"] == .integer(1))
        #expect(json["a"] == .float(1))
        #expect(json["c"] == .array([.integer(0), .float(-0.0), .float(100), .bigInteger("12345678901234567890"), .bool(true), .null]))
    }

    @Test func numbers() throws {
        func parse(_ text: String) throws -> JSON { try JSON(parsing: text) }
        #expect(try parse("9223372036854775807") == .integer(.max))
        #expect(try parse("9223372036854775808") == .bigInteger("9223372036854775808"))
        #expect(try parse("-9223372036854775808") == .integer(.min))
        #expect(try parse("-9223372036854775809") == .bigInteger("-9223372036854775809"))
        #expect(try parse("18446744073709551616") == .bigInteger("18446744073709551616"))
        #expect(try parse("NaN") == .float(.nan))
        #expect(try parse("Infinity") == .float(.infinity))
        #expect(try parse("-Infinity") == .float(-.infinity))
        #expect(try parse("1e400") == .float(.infinity))
        #expect(try parse("1E-400") == .float(0))
        #expect(try parse("0.1") == .float(0.1))
        #expect(try parse("2.2250738585072011e-308") == .float(Double(bitPattern: 0x000F_FFFF_FFFF_FFFF)))
        #expect(try parse("5e-324") == .float(.leastNonzeroMagnitude))
        #expect(try parse("1e+2") == .float(100))
        #expect(try parse("123456789012345678901234567890").doubleValue == 0x1.8ee90ff6c373ep+96)
    }

    @Test func strings() throws {
        #expect(try JSON(parsing: #""a\"\\\/\b\f\n\r\tz""#) == .string("a\"\\/\u{8}\u{C}\n\r\tz"))
        #expect(try JSON(parsing: #""\u00e9\u6F22\ud83d\ude00""#) == .string("é漢😀"))
        #expect(try JSON(parsing: "\"é漢😀\u{7F}\u{2028}\"") == .string("é漢😀\u{7F}\u{2028}"))
        #expect(try JSON(parsing: #""\u0000""#) == .string("\0"))
        #expect(try JSON(parsing: #""""#) == .string(""))
    }

    typealias Refusal = (text: String, problem: KerasFileError.JSONProblem, offset: UInt64)

    static let refusals: [Refusal] = [
        ("", .unexpectedEnd, 0),
        ("  ", .unexpectedEnd, 2),
        ("[1,]", .unexpectedByte(0x5D), 3),
        ("[,1]", .unexpectedByte(0x2C), 1),
        ("[1 2]", .unexpectedByte(0x32), 3),
        ("[1", .unexpectedEnd, 2),
        ("[", .unexpectedEnd, 1),
        ("]", .unexpectedByte(0x5D), 0),
        ("{\"a\":1,}", .unexpectedByte(0x7D), 7),
        ("{\"a\" 1}", .unexpectedByte(0x31), 5),
        ("{a:1}", .unexpectedByte(0x61), 1),
        ("{\"a\":}", .unexpectedByte(0x7D), 5),
        ("{1:2}", .unexpectedByte(0x31), 1),
        ("{\"a\":1", .unexpectedEnd, 6),
        ("1 2", .trailingBytes, 2),
        ("{}x", .trailingBytes, 2),
        ("nul", .unexpectedEnd, 3),
        ("nulL", .unexpectedByte(0x4C), 3),
        ("True", .unexpectedByte(0x54), 0),
        ("nan", .unexpectedByte(0x61), 1),
        ("+1", .unexpectedByte(0x2B), 0),
        ("01", .malformedNumber, 0),
        ("-01", .malformedNumber, 1),
        ("-", .unexpectedEnd, 1),
        ("--1", .malformedNumber, 1),
        ("1.", .unexpectedEnd, 2),
        ("[1.]", .malformedNumber, 3),
        (".5", .unexpectedByte(0x2E), 0),
        ("[1e]", .malformedNumber, 3),
        ("[1e+]", .malformedNumber, 4),
        ("0x10", .trailingBytes, 1),
        ("-NaN", .malformedNumber, 1),
        ("'a'", .unexpectedByte(0x27), 0),
        ("// a\n1", .unexpectedByte(0x2F), 0),
        ("\"a", .unexpectedEnd, 2),
        ("\"\\", .unexpectedEnd, 2),
        ("\"\\q\"", .malformedEscape, 1),
        ("\"\\u12g4\"", .malformedEscape, 5),
        ("\"\\u12", .unexpectedEnd, 5),
        ("\"\\ud800\"", .loneSurrogate, 1),
        ("\"\\udc00\"", .loneSurrogate, 1),
        ("\"\\ud800\\ud800\"", .loneSurrogate, 1),
        ("\"\\ud800x\"", .loneSurrogate, 1),
        ("\"a\nb\"", .controlCharacter, 2),
        ("\"a\\tb\u{1F}\"", .controlCharacter, 5),
        ("\u{FEFF}1", .unexpectedByte(0xEF), 0),
    ]

    @Test(arguments: refusals.indices)
    func whatIsNotJSONIsRefused(_ index: Int) {
        let refusal = Self.refusals[index]
        #expect(problem(refusal.text) == KerasFileError(.json(refusal.problem), offset: refusal.offset), "\(refusal.text)")
    }

    @Test(arguments: [
        [0xFF], [0xC0, 0xAF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x82], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
    func invalidUTF8IsRefused(_ bytes: [UInt8]) {
        #expect(problem([0x22] + bytes + [0x22]) == KerasFileError(.json(.invalidUTF8), offset: 1))
        #expect(problem([0x22, 0x5C, 0x6E] + bytes + [0x22]) == KerasFileError(.json(.invalidUTF8), offset: 1))
    }

    @Test func duplicateKeysAreRefusedHoweverTheyAreWritten() {
        #expect(problem(#"{"a":1,"b":2,"a":3}"#) == KerasFileError(.json(.duplicateKey), key: "a", offset: 13))
        #expect(problem(#"{"a":1,"\u0061":3}"#) == KerasFileError(.json(.duplicateKey), key: "a", offset: 7))
        let many = (0..<100).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(problem("{\(many),\"k50\":1}")?.kind == .json(.duplicateKey))
        // The same letter in two spellings is two keys.
        #expect(problem(#"{"\u00e9":1,"e\u0301":2}"#) == nil)
        #expect(problem("{\(many),\"\u{e9}\":1,\"e\u{301}\":2}") == nil)
    }

    @Test func limitsAreKept() throws {
        var limits = Limits()
        limits.jsonDepth = 3
        limits.jsonNodes = 5
        limits.jsonBytes = 40
        func kind(_ text: String) -> KerasFileError.Kind? { failure { _ = try JSON(parsing: text, limits: limits) }?.kind }
        #expect(kind("[[[0]]]") == nil)
        #expect(kind("[[[[0]]]]") == .limitExceeded(.jsonDepth, found: 4, limit: 3))
        #expect(kind("{\"a\":[{\"b\":[]}]}") == .limitExceeded(.jsonDepth, found: 4, limit: 3))
        #expect(kind("[1,2,3,4]") == nil)
        #expect(kind("[1,2,3,4,5]") == .limitExceeded(.jsonNodes, found: 6, limit: 5))
        #expect(kind(String(repeating: " ", count: 39) + "1") == nil)
        #expect(kind(String(repeating: " ", count: 40) + "1") == .limitExceeded(.jsonBytes, found: 41, limit: 40))
    }

    @Test func depthIsBoundedWhateverTheLimits() {
        var limits = Limits()
        limits.jsonDepth = .max
        let text = String(repeating: "[", count: 100_000)
        #expect(failure { _ = try JSON(parsing: text, limits: limits) }?.kind == .limitExceeded(.jsonDepth, found: 513, limit: 512))
    }

    @Test func everyTruncationIsRefused() throws {
        let text = Array(#"{"a": [1, -2.5e3, "x\u00e9\n", {"b": null}, true, NaN], "c": {}}"#.utf8)
        #expect(problem(text) == nil)
        for count in text.indices { #expect(problem(Array(text[..<count]))?.kind == .json(.unexpectedEnd)) }
    }
}
