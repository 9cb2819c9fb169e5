extension NumberTable {
    /// The rows of a matrix, or a column for a vector, as comma-separated values. Throws `.rank` and `.elementsNotStorable`.
    static func bytes(_ tensor: TensorValue) throws(TensorFileError) -> [UInt8] {
        guard tensor.shape.count <= 2 else { throw TensorFileError(.rank(tensor.shape.count)) }
        if case .strings = tensor.elements { throw TensorFileError(.elementsNotStorable) }
        let columns = tensor.shape.count == 2 ? tensor.shape[1] : 1
        let texts = tensor.elements.texts
        var bytes: [UInt8] = []
        for index in 0..<tensor.elements.count {
            bytes += texts(index).utf8
            bytes.append(UInt8(ascii: (index + 1) % columns == 0 ? "\n" : ","))
        }
        return bytes
    }
}

extension TensorElements {
    /// Gives an element as text: the fewest digits that read back the same; truth values as 0 and 1; text as it is.
    var texts: (Int) -> String {
        switch self {
        case .bool(let values): { values[$0] ? "1" : "0" }
        case .int8(let values): { String(values[$0]) }
        case .int16(let values): { String(values[$0]) }
        case .int32(let values): { String(values[$0]) }
        case .int64(let values): { String(values[$0]) }
        case .uint8(let values): { String(values[$0]) }
        case .uint16(let values): { String(values[$0]) }
        case .uint32(let values): { String(values[$0]) }
        case .uint64(let values): { String(values[$0]) }
        case .float16(let values): { Float(halfBits: values[$0]).description }
        case .float32(let values): { values[$0].description }
        case .float64(let values): { values[$0].description }
        case .strings(let values): { values[$0] }
        }
    }
}
