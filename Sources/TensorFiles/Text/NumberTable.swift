/// A table of numbers: rows of equally many cells, with or without a row of names before them.
struct NumberTable {
    /// The cells of the first row, when none of them is a number.
    private(set) var columnNames: [String]?
    private var columns: Int
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
        guard let first = try rows.row() else { throw TensorFileError(.emptyTable) }
        columns = first.cells.count
        if first.cells.allSatisfy({ NumberText.read($0) == .notANumber && !$0.isEmpty }) {
            columnNames = try Self.names(first)
        } else {
            try append(first)
        }
        while let row = try rows.row() { try append(row) }
        guard !numbers.isEmpty else { throw TensorFileError(.emptyTable) }
    }

    private static func names(_ row: RowScanner.Row) throws(TensorFileError) -> [String] {
        var names: [String] = []
        for cell in row.cells {
            guard let name = String(validating: cell, as: UTF8.self) else {
                throw TensorFileError(.invalidUTF8, place: .init(line: row.line, column: names.count + 1))
            }
            names.append(name)
        }
        return names
    }

    private mutating func append(_ row: RowScanner.Row) throws(TensorFileError) {
        guard row.cells.count == columns else {
            throw TensorFileError(.raggedRow(expected: columns, found: row.cells.count), place: .init(line: row.line))
        }
        for (index, cell) in row.cells.enumerated() {
            let number = NumberText.read(cell)
            if case .number(let value) = number {
                numbers.append(value)
                continue
            }
            let text = String(decoding: cell.prefix(Self.shownBytes), as: UTF8.self)
            throw TensorFileError(
                number == .tooLarge ? .numberTooLarge(text) : cell.isEmpty ? .emptyCell : .notANumber(text),
                place: .init(line: row.line, column: index + 1))
        }
    }

    /// How much of a wrong cell an error carries.
    private static let shownBytes = 64
}
