import TensorFiles

/// An output of a model as rows, one per sample.
struct ResultTable {
    let result: NamedTensor

    init(_ result: NamedTensor) { self.result = result }

    var lines: [String] {
        let shape = result.value.shape
        var lines = [Escaped.name(result.name ?? "output") + " " + Figures.shape(shape)]
        guard let rows = shape.first, rows > 0 else { return lines }
        let texts = cells
        let width = texts.map(\.count).max() ?? 0
        let columns = texts.count / rows
        for row in 0..<rows {
            lines.append(
                texts[row * columns..<(row + 1) * columns].map { String(repeating: " ", count: width - $0.count) + $0 }.joined(separator: "  "))
        }
        return lines
    }

    private var cells: [String] {
        switch result.value.elements {
        case .float32(let values): values.map { $0.description }
        case .int32(let values): values.map { $0.description }
        case .int64(let values): values.map { $0.description }
        // Texts may come from a file: what would move the cursor is escaped.
        case .strings(let values): values.map { Escaped.quoted($0) }
        default: []
        }
    }
}
