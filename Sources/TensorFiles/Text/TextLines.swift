/// A tensor of text, one element per line.
enum TextLines {
    /// Lines of UTF-8, ended by LF or CR LF; the last one may lack its end. Throws `.invalidUTF8` with the line.
    static func read(_ bytes: [UInt8]) throws(TensorFileError) -> TensorValue {
        var lines: [String] = []
        var rest = bytes.dropFirst(bytes.byteOrderMark)
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            var line = rest[..<end]
            if end < rest.endIndex, line.last == UInt8(ascii: "\r") { line.removeLast() }
            guard let text = String(validating: line, as: UTF8.self) else {
                throw TensorFileError(.invalidUTF8, place: .init(line: lines.count + 1))
            }
            lines.append(text)
            rest = rest[end...].dropFirst()
        }
        return try TensorValue(shape: [lines.count], elements: .strings(lines))
    }

    /// One line per element. Throws `.rank` for more than one dimension and `.elementsNotStorable` for numbers, and for text
    /// with line ends in it.
    static func bytes(_ tensor: TensorValue) throws(TensorFileError) -> [UInt8] {
        guard tensor.shape.count <= 1 else { throw TensorFileError(.rank(tensor.shape.count)) }
        guard case .strings(let lines) = tensor.elements, lines.allSatisfy({ !$0.utf8.contains(0x0A) && $0.utf8.last != 0x0D }) else {
            throw TensorFileError(.elementsNotStorable)
        }
        return lines.flatMap { Array($0.utf8) + [0x0A] }
    }
}
