/// The number type of a stored tensor. Raw values are part of the file format.
public enum ElementType: UInt8, Hashable, Sendable, CaseIterable {
    case float32 = 1
    case float64 = 2
    case float16 = 3
    case bfloat16 = 4
    case int8 = 5
    case uint8 = 6
    case int16 = 7
    case uint16 = 8
    case int32 = 9
    case uint32 = 10
    case int64 = 11
    case uint64 = 12
    case bool = 13

    /// Bytes of one element.
    public var size: Int {
        switch self {
        case .int8, .uint8, .bool: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64: 8
        }
    }

    /// Whether weights are stored so: numbers, and whole numbers of quantised layers, which are taken as numbers.
    public var isWeight: Bool { isFloatingPoint || self == .int8 }

    public var isFloatingPoint: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        default: false
        }
    }
}

/// The type of a value while a program runs. Raw values are part of the file format.
public enum ValueType: UInt8, Hashable, Sendable {
    /// The session's number type: `Float`, or `Double` in the reference session.
    case number = 1
    /// Indices and categories.
    case int32 = 2
    /// Masks: one byte per element, 0 or 1.
    case bool = 3
    /// Identifiers that may need more than 32 bits.
    case int64 = 4
    /// Texts in UTF-8: inputs, and what a table of texts is asked for. See ``Session/setInput(_:_:)-([String])``.
    case text = 5

    /// Whether the elements are whole numbers.
    public var isInteger: Bool { self == .int32 || self == .int64 }

    /// Bytes of one element in a session whose numbers have `number` bytes.
    func size(ofNumber number: Int) -> Int {
        switch self {
        case .number: number
        case .int32: 4
        case .int64: 8
        case .text: MemoryLayout<TextSlice>.stride
        case .bool: 1
        }
    }
}
