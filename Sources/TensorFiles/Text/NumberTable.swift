/// A table of numbers: rows of equally many cells, with or without a row of names before them.
struct NumberTable {
    /// The cells of the first row, when none of them is a number.
    private(set) var columnNames: [String]?
    private var columns = 0
    private var numbers: [Double] = []

    /// `[rows, columns]`, in double precision.
    var tensor: TensorValue {
        get throws(TensorFileError) {
            try TensorValue(shape: [numbers.count / columns, columns], elements: .float64(numbers))
        }
    }

    /// Reads a table. Every cell must be a number (`.notANumber`, `.emptyCell`, `.numberTooLarge`, with line and column), every
    /// row as long as the first (`.raggedRow`), and there must be one (`.emptyTable`).
    init(parsing bytes: [UInt8]) throws(TensorFileError) {
        var rows = RowScanner(bytes)
        columnNames = try Self.names(&rows)
        while true {
            let line = rows.line
            let count = try rows.row { (cell, place) throws(TensorFileError) in
                numbers.append(try Self.number(cell, place))
            }
            guard count > 0 else { break }
            if columns == 0 { columns = columnNames?.count ?? count }
            guard count == columns else {
                throw TensorFileError(.raggedRow(expected: columns, found: count), place: .init(line: line))
            }
        }
        guard !numbers.isEmpty else { throw TensorFileError(.emptyTable) }
    }

    /// Passes over a row of names and returns them; stays where it is when the next row has a number or an empty cell.
    private static func names(_ rows: inout RowScanner) throws(TensorFileError) -> [String]? {
        var ahead = rows
        var areNames = true
        let count = try ahead.row { (cell, _) throws(TensorFileError) in
            areNames = areNames && !cell.isEmpty && NumberText.read(cell) == .notANumber
        }
        guard areNames, count > 0 else { return nil }
        var names: [String] = []
        _ = try rows.row { (cell, place) throws(TensorFileError) in
            guard let name = String(validating: cell, as: UTF8.self) else { throw TensorFileError(.invalidUTF8, place: place) }
            names.append(name)
        }
        return names
    }

    private static func number(_ cell: ArraySlice<UInt8>, _ place: TensorFileError.Place) throws(TensorFileError) -> Double {
        let number = NumberText.read(cell)
        if case .number(let value) = number { return value }
        let text = String(decoding: cell.prefix(shownBytes), as: UTF8.self)
        throw TensorFileError(number == .tooLarge ? .numberTooLarge(text) : cell.isEmpty ? .emptyCell : .notANumber(text), place: place)
    }

    /// How much of a wrong cell an error carries.
    private static let shownBytes = 64
}
