extension NumberTable {
    /// The rows of a matrix, or a column for a vector, as comma-separated values; texts are quoted where they must be. Throws `.rank`.
    static func bytes(_ tensor: TensorValue) throws(TensorFileError) -> [UInt8] {
        guard tensor.shape.count <= 2 else { throw TensorFileError(.rank(tensor.shape.count)) }
        let columns = tensor.shape.count == 2 ? tensor.shape[1] : 1
        let texts = tensor.elements.texts
        let isText = tensor.elements.elementType == nil
        var bytes: [UInt8] = []
        for index in 0..<tensor.elements.count {
            bytes += quoted(texts(index), isText).utf8
            bytes.append(UInt8(ascii: (index + 1) % columns == 0 ? "\n" : ","))
        }
        return bytes
    }

    /// RFC 4180. A cell that is empty or looks like something else is quoted, too, so that it is read back as it was.
    private static func quoted(_ text: String, _ isText: Bool) -> String {
        let marks: Set<Unicode.Scalar> = ["\"", ",", ";", "\t", "\n", "\r", " ", "#"]
        guard isText, text.isEmpty || text.unicodeScalars.contains(where: { marks.contains($0) }) else { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
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
