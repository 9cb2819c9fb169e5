/// A named value attached to a group or dataset, read in full.
public struct HDF5Attribute: Sendable, Equatable {
    public let name: String
    /// The object that it belongs to.
    public let objectPath: String
    /// Extents; empty for a scalar.
    public let shape: [Int]
    public let value: Value

    public enum Value: Sendable, Equatable {
        /// Text, row-major.
        case strings([String], StringKind)
        /// Numbers as they are stored: row-major, little-endian.
        case numbers(ElementType, [UInt8])
    }

    /// How strings are stored; h5py's version decides, not Keras's. The character set is a label and not always true:
    /// h5py labels UTF-8 text as ASCII.
    public enum StringKind: Sendable, Equatable {
        case variable(Charset)
        case fixed(size: Int, Padding, Charset)
    }

    public enum Charset: UInt8, Sendable, Equatable {
        case ascii = 0, utf8 = 1
    }

    public enum Padding: UInt8, Sendable, Equatable {
        case nullTerminated = 0, nullPadded = 1, spacePadded = 2
    }
}

extension HDF5Attribute {
    /// Number of elements.
    public var count: Int {
        switch value {
        case .strings(let strings, _): strings.count
        case .numbers(let type, let bytes): bytes.count / type.size
        }
    }

    private func failure(_ expected: KerasFileError.ValueType) -> KerasFileError {
        let found: KerasFileError.ValueType =
            switch value {
            case .strings(let strings, _): shape.isEmpty && strings.count == 1 ? .string : .strings
            case .numbers: .numbers
            }
        return KerasFileError(.wrongType(expected: expected, found: found), path: objectPath, key: name)
    }

    /// The text of a scalar.
    public func string() throws(KerasFileError) -> String {
        guard case .strings(let strings, _) = value, shape.isEmpty, strings.count == 1 else { throw failure(.string) }
        return strings[0]
    }

    /// The texts of a one-dimensional attribute. An empty list of numbers is an empty list of texts: NumPy, and so Keras,
    /// writes `[]` as float64 of shape `(0,)`.
    public func strings() throws(KerasFileError) -> [String] {
        switch value {
        case .strings(let strings, _) where shape.count == 1: return strings
        case .numbers(_, let bytes) where shape == [0] && bytes.isEmpty: return []
        default: throw failure(.strings)
        }
    }

    /// The numbers, whatever the shape, in double precision.
    public func doubles() throws(KerasFileError) -> [Double] {
        guard case .numbers(let type, let bytes) = value else { throw failure(.numbers) }
        return try Tensor(elementType: type, shape: shape, bytes: bytes).doubles()
    }

    /// The integers, whatever the shape.
    public func integers() throws(KerasFileError) -> [Int64] {
        guard case .numbers(let type, let bytes) = value, !type.isFloat else { throw failure(.integers) }
        return try Tensor(elementType: type, shape: shape, bytes: bytes).integers()
    }
}
