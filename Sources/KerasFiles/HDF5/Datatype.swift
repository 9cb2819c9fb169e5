/// The type of a stored element (HDF5 file format specification, IV.A.2.d): exactly the encodings that Keras's writers
/// produce. Anything else is refused, since a type that is almost float32 yields wrong weights without a word.
enum Datatype: Equatable {
    case number(ElementType)
    case fixedString(size: Int, StringStorage)
    case variableString(StringStorage)

    /// How the bytes of a string are to be understood.
    struct StringStorage: Equatable {
        let padding: HDF5Attribute.Padding
        let charset: HDF5Attribute.Charset
    }

    /// Bytes of one element where it is stored.
    var size: Int {
        switch self {
        case .number(let type): type.size
        case .fixedString(let size, _): size
        // Length (4), address of a heap (8), index in the heap (4).
        case .variableString: 16
        }
    }

    init(_ cursor: inout ByteCursor) throws(KerasFileError) {
        cursor.structure = .datatype
        let head = try Head(&cursor)
        switch head.classNumber {
        case 0: self = .number(try Self.integer(head, &cursor))
        case 1: self = .number(try Self.float(head, &cursor))
        case 3: self = .fixedString(size: Int(head.size), try Self.string(head))
        case 5: self = .number(try Self.opaque(head))
        case 8: self = .number(try Self.boolean(head, &cursor))
        case 9: self = .variableString(try Self.variableString(head, &cursor))
        default: throw head.unsupported
        }
    }

    /// The eight bytes that every datatype begins with.
    private struct Head {
        let version: UInt8
        let classNumber: UInt8
        let bits: [UInt8]
        let size: UInt32
        let place: ByteCursor

        init(_ cursor: inout ByteCursor) throws(KerasFileError) {
            place = cursor
            let first = try cursor.u8()
            version = first >> 4
            classNumber = first & 0x0F
            bits = try cursor.array(3)
            size = try cursor.u32()
            guard 1...3 ~= version else { throw place.failure(.version) }
            guard size > 0 else { throw place.failure(.size) }
        }

        var unsupported: KerasFileError { KerasFileError(.unsupportedFeature(.datatype), offset: place.offset) }
    }

    private static func integer(_ head: Head, _ cursor: inout ByteCursor) throws(KerasFileError) -> ElementType {
        let bitOffset = try cursor.u16()
        let precision = try cursor.u16()
        // Bit 0: byte order; bit 3: signed; bits 1 and 2: padding, of which there is none.
        if head.bits[0] & 1 != 0, head.size > 1 { throw KerasFileError(.unsupportedFeature(.bigEndian), offset: head.place.offset) }
        guard head.bits[0] & ~0b1001 == 0, head.bits[1] == 0, head.bits[2] == 0,
            bitOffset == 0, UInt64(precision) == UInt64(head.size) * 8
        else { throw head.unsupported }
        switch (head.size, head.bits[0] & 0b1000 != 0) {
        case (1, true): return .int8
        case (2, true): return .int16
        case (4, true): return .int32
        case (8, true): return .int64
        case (1, false): return .uint8
        case (2, false): return .uint16
        case (4, false): return .uint32
        case (8, false): return .uint64
        default: throw head.unsupported
        }
    }

    /// What a floating-point type must say of itself, field for field.
    private struct FloatLayout: Equatable {
        let size: UInt32
        let signPosition: UInt8
        let bitOffset: UInt16
        let precision: UInt16
        let exponentPosition: UInt8
        let exponentSize: UInt8
        let mantissaPosition: UInt8
        let mantissaSize: UInt8
        let exponentBias: UInt32

        init(_ size: UInt32, exponentSize: UInt8, mantissaSize: UInt8, bias: UInt32) {
            self.size = size
            signPosition = UInt8(size * 8 - 1)
            bitOffset = 0
            precision = UInt16(size * 8)
            exponentPosition = mantissaSize
            self.exponentSize = exponentSize
            mantissaPosition = 0
            self.mantissaSize = mantissaSize
            exponentBias = bias
        }

        init(_ head: Head, _ cursor: inout ByteCursor) throws(KerasFileError) {
            size = head.size
            signPosition = head.bits[1]
            bitOffset = try cursor.u16()
            precision = try cursor.u16()
            exponentPosition = try cursor.u8()
            exponentSize = try cursor.u8()
            mantissaPosition = try cursor.u8()
            mantissaSize = try cursor.u8()
            exponentBias = try cursor.u32()
        }
    }

    private static let floats: [(FloatLayout, ElementType)] = [
        (FloatLayout(2, exponentSize: 5, mantissaSize: 10, bias: 15), .float16),
        (FloatLayout(2, exponentSize: 8, mantissaSize: 7, bias: 127), .bfloat16),
        (FloatLayout(4, exponentSize: 8, mantissaSize: 23, bias: 127), .float32),
        (FloatLayout(8, exponentSize: 11, mantissaSize: 52, bias: 1023), .float64),
    ]

    private static func float(_ head: Head, _ cursor: inout ByteCursor) throws(KerasFileError) -> ElementType {
        let layout = try FloatLayout(head, &cursor)
        if head.bits[0] & 0x41 != 0 { throw KerasFileError(.unsupportedFeature(.bigEndian), offset: head.place.offset) }
        // 0x20: the mantissa's leading one is not stored.
        guard head.bits[0] == 0x20, head.bits[2] == 0, let match = floats.first(where: { $0.0 == layout }) else {
            throw head.unsupported
        }
        return match.1
    }

    private static func string(_ head: Head) throws(KerasFileError) -> StringStorage {
        guard head.bits[1] == 0, head.bits[2] == 0 else { throw head.unsupported }
        return try stringStorage(head, padding: head.bits[0] & 0x0F, charset: head.bits[0] >> 4)
    }

    private static func stringStorage(_ head: Head, padding: UInt8, charset: UInt8) throws(KerasFileError) -> StringStorage {
        guard let padding = HDF5Attribute.Padding(rawValue: padding),
            let charset = HDF5Attribute.Charset(rawValue: charset)
        else { throw head.unsupported }
        return StringStorage(padding: padding, charset: charset)
    }

    /// h5py stores NumPy's 2-byte void type, and with it bfloat16, as two opaque bytes without a tag.
    private static func opaque(_ head: Head) throws(KerasFileError) -> ElementType {
        guard head.size == 2, head.bits == [0, 0, 0] else { throw head.unsupported }
        return .bfloat16
    }

    /// h5py stores NumPy's bool as an enumeration FALSE = 0, TRUE = 1 over int8.
    private static func boolean(_ head: Head, _ cursor: inout ByteCursor) throws(KerasFileError) -> ElementType {
        guard head.size == 1, head.bits == [2, 0, 0], try Datatype(&cursor) == .number(.int8) else { throw head.unsupported }
        for expected in ["FALSE", "TRUE"] {
            let name = try cursor.zeroTerminated()
            guard name == Array(expected.utf8) else { throw head.unsupported }
            if head.version < 3 { try cursor.skip((8 - (name.count + 1) % 8) % 8) }
        }
        guard try cursor.u8() == 0, try cursor.u8() == 1 else { throw head.unsupported }
        return .bool
    }

    private static func variableString(_ head: Head, _ cursor: inout ByteCursor) throws(KerasFileError) -> StringStorage {
        // Low half of the first byte: 1 for a string, 0 for a sequence.
        guard head.size == 16, head.bits[0] & 0x0F == 1, head.bits[2] == 0 else { throw head.unsupported }
        // Strings of variable length are made of unsigned bytes, or (other writers) of strings of one byte.
        let element = try Head(&cursor)
        guard element.size == 1 else { throw element.unsupported }
        switch element.classNumber {
        case 0: guard try integer(element, &cursor) == .uint8 else { throw element.unsupported }
        case 3: _ = try string(element)
        default: throw element.unsupported
        }
        return try stringStorage(head, padding: head.bits[0] >> 4, charset: head.bits[1])
    }
}
