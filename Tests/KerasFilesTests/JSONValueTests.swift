import KerasFiles
import Testing

@Suite struct JSONValueTests {
    @Test func equalityIsOfWhatWouldBeWritten() {
        #expect(JSON.integer(1) != .float(1))
        #expect(JSON.float(0.0) != .float(-0.0))
        #expect(JSON.float(.nan) == .float(.nan))
        #expect(JSON.string("é") != .string("e\u{301}"))
        #expect((["a": 1, "b": 2] as JSON) != ["b": 2, "a": 1])
        #expect((["a": 1, "b": [2, nil]] as JSON) == ["a": 1, "b": [2, nil]])
        #expect(JSON.null != .bool(false))
    }

    @Test func accessors() {
        let json: JSON = ["i": 3, "f": 2.5, "s": "x", "t": true, "n": nil, "a": [1, 2], "big": 7]
        #expect(json["i"]?.intValue == 3)
        #expect(json["i"]?.doubleValue == 3)
        #expect(json["f"]?.intValue == nil)
        #expect(json["f"]?.doubleValue == 2.5)
        #expect(json["s"]?.stringValue == "x")
        #expect(json["t"]?.boolValue == true)
        #expect(json["t"]?.intValue == nil)
        #expect(json["n"]?.isNull == true)
        #expect(json["none"] == nil)
        #expect(json["a"]?[1]?.intValue == 2)
        #expect(json["a"]?[2] == nil)
        #expect(json["a"]?[-1] == nil)
        #expect(json["s"]?["x"] == nil)
        #expect(json.objectValue?.count == 7)
        #expect(JSON.bigInteger("100000000000000000000").doubleValue == 1e20)
        #expect(JSON.float(1).valueType == .float)
    }

    /// Below and above the size from which an index is kept.
    @Test(arguments: [3, 15, 16, 17, 200])
    func objectsKeepTheirOrder(_ count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["key \(index)"] = .integer(Int64(index)) }
        #expect(object.keys == (0..<count).map { "key \($0)" })
        for index in 0..<count { #expect(object["key \(index)"] == .integer(Int64(index))) }

        object["key 1"] = "changed"
        #expect(object.keys[1] == "key 1")
        #expect(object["key 1"] == "changed")

        let renamed = object.rename("key 1", to: "other")
        #expect(renamed)
        #expect(object.keys[1] == "other")
        #expect(object["key 1"] == nil)
        #expect(object["other"] == "changed")
        let absent = object.rename("key 1", to: "more")
        let taken = object.rename("other", to: "key 0")
        let same = object.rename("other", to: "other")
        #expect(!absent && !taken && same)
        #expect(object.count == count)

        let removed = object.removeValue(forKey: "key 0")
        let again = object.removeValue(forKey: "key 0")
        #expect(removed == .integer(0) && again == nil)
        object["other"] = nil
        #expect(object.count == count - 2)
        #expect(object.keys.first == "key 2")
        #expect(object["key 2"] == .integer(2))
        #expect(object["key \(count - 1)"] == .integer(Int64(count - 1)))
        object["key 0"] = .null
        #expect(object.keys.last == "key 0")
        #expect(object["key 0"] == .null)
        #expect(Array(object.map(\.key)) == object.keys)
    }
}
