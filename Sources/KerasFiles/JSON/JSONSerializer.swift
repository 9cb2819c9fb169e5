extension JSON {
    /// How a JSON text is written. Both styles keep the order of keys, give whole numbers and floating-point numbers back as
    /// such, write floating-point numbers as Python does (shortest text that reads back the same), and never depend on anything
    /// but the value.
    public enum Style: Sendable {
        /// Without spaces, text as UTF-8.
        case compact
        /// As Python's `json.dumps` with its default arguments: `", "` and `": "`, ASCII only.
        case python
    }

    /// The value as text.
    public func serialized(_ style: Style = .compact) -> String {
        String(decoding: utf8(style), as: UTF8.self)
    }

    /// The value as UTF-8 bytes.
    public func utf8(_ style: Style = .compact) -> [UInt8] {
        var serializer = JSONSerializer(style)
        serializer.write(self)
        return serializer.output
    }
}

private struct JSONSerializer {
    private(set) var output: [UInt8] = []
    private let comma: String
    private let colon: String
    private let isASCII: Bool

    init(_ style: JSON.Style) {
        switch style {
        case .compact: (comma, colon, isASCII) = (",", ":", false)
        case .python: (comma, colon, isASCII) = (", ", ": ", true)
        }
    }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .integer(let value): append(String(value))
        case .bigInteger(let digits): append(digits)
        case .float(let value): append(value.pythonText)
        case .string(let value): write(value)
        case .array(let elements):
            append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { append(comma) }
                write(element)
            }
            append("]")
        case .object(let members):
            append("{")
            for (index, (key, value)) in members.enumerated() {
                if index > 0 { append(comma) }
                write(key)
                append(colon)
                write(value)
            }
            append("}")
        }
    }

    private mutating func append(_ text: String) {
        output.append(contentsOf: text.utf8)
    }

    private mutating func write(_ text: String) {
        output.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\r": append("\\r")
            case "\t": append("\\t")
            case "\u{08}": append("\\b")
            case "\u{0C}": append("\\f")
            case "\u{20}"..."\u{7E}": output.append(UInt8(truncatingIfNeeded: scalar.value))
            case "\u{00}"..<"\u{20}": escape(UInt16(scalar.value))
            default:
                if isASCII {
                    for unit in UTF16.encode(scalar).map(Array.init) ?? [] { escape(unit) }
                } else {
                    output.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
                }
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ unit: UInt16) {
        let digits = String(unit, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
    }
}
