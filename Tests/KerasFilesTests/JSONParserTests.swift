import KerasFiles
import Testing

@Suite struct JSONParserTests {
    @Test func keepsOrderAndKindsOfNumbers() throws {
        let json = try JSON(parsing: #" {"b": 1, "a": 1.0, "c": [-0, -0.0, 1e2, 12345678901234567890, true, null]} "#)
        #expect(json.objectValue?.keys == ["b", "a", "c"])
        #expect(json["b"] == .integer(1))
        #expect(json["a"] == .float(1))
        #expect(json["c"] == .array([.integer(0), .float(-0.0), .float(100), .bigInteger("12345678901234567890"), .bool(true), .null]))
    }
}
