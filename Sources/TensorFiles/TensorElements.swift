import KerasFiles

/// The elements of a tensor in row-major order, in the type the file had.
public enum TensorElements: Sendable, Equatable {
    case bool([Bool])
    case int8([Int8])
    case int16([Int16])
    case int32([Int32])
    case int64([Int64])
    case uint8([UInt8])
    case uint16([UInt16])
    case uint32([UInt32])
    case uint64([UInt64])
    /// IEEE 754 binary16 representations: `Float16` does not exist on every platform.
    case float16([UInt16])
    case float32([Float])
    case float64([Double])
    case strings([String])

    public var count: Int {
        switch self {
        case .bool(let values): values.count
        case .int8(let values): values.count
        case .uint8(let values): values.count
        case .int16(let values): values.count
        case .uint16(let values), .float16(let values): values.count
        case .int32(let values): values.count
        case .uint32(let values): values.count
        case .int64(let values): values.count
        case .uint64(let values): values.count
        case .float32(let values): values.count
        case .float64(let values): values.count
        case .strings(let values): values.count
        }
    }

    /// Nil for text.
    public var elementType: ElementType? {
        switch self {
        case .bool: .bool
        case .int8: .int8
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .uint8: .uint8
        case .uint16: .uint16
        case .uint32: .uint32
        case .uint64: .uint64
        case .float16: .float16
        case .float32: .float32
        case .float64: .float64
        case .strings: nil
        }
    }
}
