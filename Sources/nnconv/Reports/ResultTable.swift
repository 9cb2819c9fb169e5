import TensorFiles

/// An output of a model as rows, one per sample.
struct ResultTable {
    let result: NamedTensor

    init(_ result: NamedTensor) { self.result = result }

    var lines: [String] {
        let shape = result.value.shape
        var lines = [Escaped.name(result.name ?? "output") + " " + Figures.shape(shape)]
        guard case .float32(let numbers) = result.value.elements, let rows = shape.first, rows > 0 else { return lines }
        let texts = numbers.map { $0.description }
        let width = texts.map(\.count).max() ?? 0
        let columns = numbers.count / rows
        for row in 0..<rows {
            lines.append(
                texts[row * columns..<(row + 1) * columns].map { String(repeating: " ", count: width - $0.count) + $0 }.joined(separator: "  "))
        }
        return lines
    }
}
