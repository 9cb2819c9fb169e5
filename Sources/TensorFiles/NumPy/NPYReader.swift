import KerasFiles

/// Reads one array of an `.npy` file.
enum NPYReader {
    static func read(_ source: ByteSource, _ limits: Limits) throws(TensorFileError) -> TensorValue {
        let (header, start) = try NPYHeader.read(source, limits)
        let type = try ElementDescriptor(header.descriptor)
        let (found, count) = (source.size - start, TensorValue.count(header.shape))
        // Whatever the shape claims, there are no more elements than bytes.
        guard let count, case let (bytes, overflow) = UInt64(count).multipliedReportingOverflow(by: UInt64(type.size)), !overflow
        else { throw TensorFileError(.byteCount(expected: .max, found: found)) }
        guard bytes == found, type.size > 0 || count == 0 else { throw TensorFileError(.byteCount(expected: bytes, found: found)) }
        let reader = ElementReader(source: source, start: start, count: count, header: header, type: type)
        return try TensorValue(shape: header.shape, elements: reader.elements())
    }
}

/// An element type as numpy describes it: byte order, kind, size.
struct ElementDescriptor: Equatable {
    /// `b`, `i`, `u`, `f`, `U` or `S`.
    let kind: Character
    /// Bytes of one element.
    let size: Int
    let isBigEndian: Bool

    /// Throws `.elementType` for complex numbers, dates, objects and the like.
    init(_ text: String) throws(TensorFileError) {
        let characters = Array(text)
        guard characters.count >= 3, "<>|".contains(characters[0]), let number = Int(String(characters[2...])), number >= 0,
            characters[2].isASCII, characters[2].isNumber
        else { throw TensorFileError(.elementType(text)) }
        kind = characters[1]
        isBigEndian = characters[0] == ">"
        switch (kind, number) {
        case ("b", 1), ("i", 1), ("u", 1): size = number
        case ("i", 2), ("i", 4), ("i", 8), ("u", 2), ("u", 4), ("u", 8), ("f", 2), ("f", 4), ("f", 8):
            guard characters[0] != "|" else { throw TensorFileError(.elementType(text)) }
            size = number
        case ("S", ..<0x1000_0000): size = number
        case ("U", ..<0x1000_0000): size = 4 * number
        default: throw TensorFileError(.elementType(text))
        }
    }
}

/// Reads the elements that follow a header, in blocks.
private struct ElementReader {
    let source: ByteSource
    let start: UInt64
    let count: Int
    let header: NPYHeader
    let type: ElementDescriptor

    func elements() throws(TensorFileError) -> TensorElements {
        switch (type.kind, type.size) {
        case ("b", _): .bool(try values { (byte: UInt8) in byte > 1 ? nil : byte == 1 })
        case ("i", 1): .int8(try values { Int8(bitPattern: $0) })
        case ("i", 2): .int16(try values { Int16(bitPattern: $0) })
        case ("i", 4): .int32(try values { Int32(bitPattern: $0) })
        case ("i", _): .int64(try values { Int64(bitPattern: $0) })
        case ("u", 1): .uint8(try values { $0 })
        case ("u", 2): .uint16(try values { $0 })
        case ("u", 4): .uint32(try values { $0 })
        case ("u", _): .uint64(try values { $0 })
        case ("f", 2): .float16(try values { $0 })
        case ("f", 4): .float32(try values { Float(bitPattern: $0) })
        case ("f", _): .float64(try values { Double(bitPattern: $0) })
        default: .strings(try strings())
        }
    }

    /// Bytes read at a time; a multiple of every number's size.
    private static let blockSize = 1 << 20

    private func values<U: FixedWidthInteger & UnsignedInteger, T>(_ convert: (U) -> T?) throws(TensorFileError) -> [T] {
        let width = U.bitWidth / 8
        var values: [T] = []
        values.reserveCapacity(count)
        while values.count < count {
            let part = min(Self.blockSize / width, count - values.count)
            let bytes = try read(at: values.count * width, count: part * width)
            let span = bytes.span
            for first in stride(from: 0, to: part * width, by: width) {
                var bits: U = 0
                for place in 0..<width { bits |= U(truncatingIfNeeded: span[first + place]) << U(8 * place) }
                guard let value = convert(type.isBigEndian ? bits.byteSwapped : bits) else { throw bad(values.count) }
                values.append(value)
            }
        }
        return inRowMajorOrder(values)
    }

    /// Text of fixed size, padded with zeros: UTF-32 (`U`), or bytes that must be UTF-8 (`S`).
    private func strings() throws(TensorFileError) -> [String] {
        var values: [String] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            let bytes = try read(at: index * type.size, count: type.size)
            guard let text = type.kind == "S" ? Self.utf8(bytes) : utf32(bytes) else { throw bad(index) }
            values.append(text)
        }
        return inRowMajorOrder(values)
    }

    private static func utf8(_ bytes: [UInt8]) -> String? {
        let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        return String(validating: bytes[..<end], as: UTF8.self)
    }

    private func utf32(_ bytes: [UInt8]) -> String? {
        var scalars = String.UnicodeScalarView()
        var zeros = 0
        for first in stride(from: 0, to: bytes.count, by: 4) {
            let part = bytes[first..<first + 4]
            let code = (type.isBigEndian ? Array(part) : part.reversed()).reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
            guard let scalar = Unicode.Scalar(code) else { return nil }
            // Zeros count only when something follows.
            guard code != 0 else {
                zeros += 1
                continue
            }
            scalars.append(contentsOf: repeatElement("\0", count: zeros))
            scalars.append(scalar)
            zeros = 0
        }
        return String(scalars)
    }

    private func read(at offset: Int, count: Int) throws(TensorFileError) -> [UInt8] {
        try source.bytes(at: start + UInt64(offset), count: count)
    }

    private func bad(_ index: Int) -> TensorFileError {
        TensorFileError(.badElement, place: .init(offset: start + UInt64(index * type.size)))
    }

    /// Elements stored with the first index running fastest (Fortran) are put in the order with the last one running fastest.
    private func inRowMajorOrder<T>(_ values: [T]) -> [T] {
        let shape = header.shape
        guard header.isFortranOrder, shape.count > 1, !values.isEmpty else { return values }
        var strides: [Int] = []
        var stride = 1
        for extent in shape {
            strides.append(stride)
            stride *= extent
        }
        var result: [T] = []
        result.reserveCapacity(values.count)
        var index = [Int](repeating: 0, count: shape.count)
        var position = 0
        while true {
            result.append(values[position])
            var axis = shape.count - 1
            while index[axis] == shape[axis] - 1 {
                position -= index[axis] * strides[axis]
                index[axis] = 0
                axis -= 1
                if axis < 0 { return result }
            }
            index[axis] += 1
            position += strides[axis]
        }
    }
}
