/// A JSON value as Python's `json` module writes and reads it: key order is kept, whole numbers and floating-point numbers are
/// different things, and `NaN`, `Infinity` and `-Infinity` are numbers.
///
/// Two values are equal when they would be written with the same bytes: key order counts, `1` is not `1.0`, `0.0` is not `-0.0`,
/// NaN equals NaN, and texts that only look the same are different.
public enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A whole number beyond 64 bits: its digits, with a sign when it is negative.
    case bigInteger(String)
    case float(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON {
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number when it is written as a whole number: `1`, not `1.0`.
    public var integerValue: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// As ``integerValue``, when it fits `Int`.
    public var intValue: Int? { integerValue.flatMap { Int(exactly: $0) } }

    /// Any number, rounded to nearest when it is a whole number beyond 2^53.
    public var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .bigInteger(let digits): Double(digits)
        case .float(let value): value
        default: nil
        }
    }

    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    public var arrayValue: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The value for a key; nil when this is no object or has no such key. (A key whose value is `null` gives `.null`.)
    public subscript(key: String) -> JSON? { objectValue?[key] }

    /// The element at an index; nil when this is no array or the index is outside.
    public subscript(index: Int) -> JSON? {
        guard let array = arrayValue, array.indices.contains(index) else { return nil }
        return array[index]
    }

    /// What kind of value this is, for errors.
    public var valueType: KerasFileError.ValueType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .integer, .bigInteger: .integer
        case .float: .float
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}

extension JSON: Equatable {
    public static func == (a: JSON, b: JSON) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.bigInteger(let a), .bigInteger(let b)): a == b
        case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
        case (.string(let a), .string(let b)): a.hasSameBytes(as: b)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .float(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// Of a key that is written twice the last value counts.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements.map { (key: $0, value: $1) }))
    }
}
