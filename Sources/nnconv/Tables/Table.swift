/// Rows of text in columns that are as wide as they must be.
struct Table {
    enum Alignment {
        case left, right
    }

    private let columns: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []

    init(_ columns: (title: String, alignment: Alignment)...) { self.columns = columns }

    mutating func add(_ cells: String...) { rows.append(cells) }

    /// A line per row, below the titles and a rule.
    var lines: [String] {
        let titles = columns.map(\.title)
        let widths = columns.indices.map { column in ([titles] + rows).map { Self.width($0[column]) }.max() ?? 0 }
        let rule = String(repeating: "-", count: widths.reduce(0, +) + 2 * (widths.count - 1))
        return [line(titles, widths), rule] + rows.map { line($0, widths) }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: widths[index] - Self.width(cell))
            if index > 0 { line += "  " }
            line += columns[index].alignment == .right ? padding + cell : cell + padding
        }
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    /// Columns of a terminal, as far as letters take one each.
    private static func width(_ text: String) -> Int { text.count }
}
