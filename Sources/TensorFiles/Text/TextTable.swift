/// A table whose cells are texts: what models of texts take. It has no row of names, because such a row could be a sample.
enum TextTable {
    /// `[rows, columns]`. Throws `.raggedRow`, `.emptyTable`, `.invalidUTF8`.
    static func read(_ bytes: [UInt8]) throws(TensorFileError) -> TensorValue {
        var rows = RowScanner(bytes)
        var texts: [String] = []
        var columns = 0
        while true {
            let line = rows.line
            let count = try rows.row { (cell, place) throws(TensorFileError) in
                guard let text = String(validating: cell, as: UTF8.self) else { throw TensorFileError(.invalidUTF8, place: place) }
                texts.append(text)
            }
            guard count > 0 else { break }
            if columns == 0 { columns = count }
            guard count == columns else {
                throw TensorFileError(.raggedRow(expected: columns, found: count), place: .init(line: line))
            }
        }
        guard columns > 0 else { throw TensorFileError(.emptyTable) }
        return try TensorValue(shape: [texts.count / columns, columns], elements: .strings(texts))
    }
}
