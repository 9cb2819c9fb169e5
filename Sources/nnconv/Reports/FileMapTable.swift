import KerasFiles
import NNConvert
import NNInference

/// Where every byte of a `.nnc` file goes; the tensors together, and the padding between them.
struct FileMapTable {
    struct Row {
        var name: String
        /// Where it begins; nil for what lies in several places.
        var offset: Int?
        var byteCount: Int
    }

    private(set) var rows: [Row] = []
    let total: Int

    init(_ layout: FileLayout) {
        total = layout.header.length
        var tensors = Row(name: Figures.counted(layout.tensors.count, "tensor"), offset: nil, byteCount: 0)
        var between = Row(name: "padding between tensors", offset: nil, byteCount: 0)
        for part in FileMap(layout).parts {
            switch part.kind {
            case .tensor:
                if tensors.offset == nil { tensors.offset = part.range.lowerBound }
                tensors.byteCount += part.range.count
            case .padding where tensors.offset != nil: between.byteCount += part.range.count
            case .padding: rows.append(Row(name: "padding", offset: part.range.lowerBound, byteCount: part.range.count))
            case .header: rows.append(Row(name: "header", offset: 0, byteCount: part.range.count))
            case .sectionTable(let count):
                rows.append(
                    Row(name: "table of \(Figures.counted(count, "section"))", offset: part.range.lowerBound, byteCount: part.range.count))
            case .section(let kind):
                let name = SectionKind(rawValue: kind)?.words ?? "unknown section 0x" + String(kind, radix: 16)
                rows.append(Row(name: name, offset: part.range.lowerBound, byteCount: part.range.count))
            }
        }
        rows.append(tensors)
        if between.byteCount > 0 { rows.append(between) }
    }

    var lines: [String] {
        var table = Table(("Part of the file", .left), ("Offset", .right), ("Bytes", .right))
        for row in rows { table.add(row.name, row.offset.map(Figures.grouped) ?? "", Figures.grouped(row.byteCount)) }
        table.add("total", "", Figures.grouped(rows.reduce(0) { $0 + $1.byteCount }))
        return table.lines
    }

    var json: JSON {
        .array(
            rows.map { row in
                var object: JSONObject = ["part": .string(row.name), "bytes": .integer(Int64(row.byteCount))]
                if let offset = row.offset { object["offset"] = .integer(Int64(offset)) }
                return .object(object)
            })
    }
}
