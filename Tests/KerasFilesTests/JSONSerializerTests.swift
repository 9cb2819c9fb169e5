import KerasFiles
import Testing

@Suite struct JSONSerializerTests {
    /// What `json.dumps` of Python 3.11 writes.
    @Test(arguments: [
        (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (-2.5, "-2.5"), (0.001, "0.001"), (0.0001, "0.0001"), (1e-05, "1e-05"),
        (0.00012345, "0.00012345"), (1.2345e-05, "1.2345e-05"), (1e-07, "1e-07"), (123456.789, "123456.789"), (1e15, "1000000000000000.0"),
        (1e16, "1e+16"), (9.5e15, "9500000000000000.0"), (9007199254740993.0, "9007199254740992.0"), (1.2345678901234568e16, "1.2345678901234568e+16"),
        (9999999999999998.0, "9999999999999998.0"), (1e22, "1e+22"), (1e23, "1e+23"), (1e100, "1e+100"), (.leastNonzeroMagnitude, "5e-324"),
        (2.2250738585072014e-308, "2.2250738585072014e-308"), (1.7976931348623157e308, "1.7976931348623157e+308"), (0.1, "0.1"),
        (Double(Float(0.1)), "0.10000000149011612"), (100.0, "100.0"), (1.5e300, "1.5e+300"), (0.3, "0.3"), (1.0 / 3.0, "0.3333333333333333"),
        (.nan, "NaN"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
    ])
    func floatsAreWrittenAsPythonDoes(_ value: Double, _ text: String) throws {
        #expect(JSON.float(value).serialized() == text)
        #expect(try JSON(parsing: text) == .float(value))
    }

    @Test func stylesOfPunctuation() {
        let json: JSON = ["class_name": "Dense", "config": ["units": 4, "rate": 0.5, "x": [nil, true, false], "empty": [:], "none": []]]
        #expect(
            json.serialized(.python)
                == #"{"class_name": "Dense", "config": {"units": 4, "rate": 0.5, "x": [null, true, false], "empty": {}, "none": []}}"#)
        #expect(
            json.serialized() == #"{"class_name":"Dense","config":{"units":4,"rate":0.5,"x":[null,true,false],"empty":{},"none":[]}}"#)
    }

    @Test func textIsEscaped() {
        let json = JSON.string("a\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}é漢😀")
        #expect(json.serialized(.python) == #""a\"\\/\b\f\n\r\t\u0000\u001f\u007f\u00e9\u6f22\ud83d\ude00""#)
        #expect(json.serialized() == "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7F}é漢😀\"")
    }

    @Test func bigIntegersKeepTheirDigits() throws {
        let text = "[-123456789012345678901234567890,9223372036854775807,-9223372036854775808]"
        #expect(try JSON(parsing: text).serialized() == text)
    }

    @Test(arguments: Fixtures.models)
    func configurationsComeBackByteForByte(_ path: String) throws {
        let attributes = try HDF5File(path: Fixtures.root + "/" + path).root.attributes
        for name in ["model_config", "training_config"] {
            guard let text = try attributes.optionalString(name) else { continue }
            let json = try JSON(parsing: text)
            #expect(json.serialized(.python) == text)
            #expect(try JSON(parsing: json.serialized()) == json)
        }
    }
}
