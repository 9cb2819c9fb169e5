import KerasFiles
import CompactFile
import NNConvert
import NNInference

/// All tensors of a file.
struct TensorList {
    struct Row {
        var name: String
        var type: String
        var shape: [Int]
        var byteCount: Int
        var offset: Int?
    }

    private(set) var rows: [Row] = []

    init(_ file: ModelFile) {
        switch file.content {
        case .keras(let model):
            for group in model.weightGroups + [model.topLevelWeights, model.optimizerWeights].compactMap({ $0 }) {
                for weight in group.weights {
                    rows.append(
                        Row(
                            name: group.name + ": " + weight.name, type: weight.tensor.elementType.rawValue, shape: weight.tensor.shape,
                            byteCount: weight.tensor.byteCount, offset: Int(clamping: weight.tensor.offset)))
                }
            }
        case .compact(let model):
            for (index, tensor) in model.layout.tensors.enumerated() {
                rows.append(
                    Row(
                        name: "\(index)", type: KerasFiles.ElementType(tensor.descriptor.elementType).rawValue
                            + (tensor.descriptor.layout == .panels ? " in panels" : ""),
                        shape: tensor.descriptor.shape, byteCount: tensor.range.count, offset: tensor.range.lowerBound))
            }
        }
    }

    var lines: [String] {
        var table = Table(("Tensor", .left), ("Type", .left), ("Shape", .left), ("Bytes", .right), ("Offset", .right))
        for row in rows {
            table.add(
                Escaped.name(row.name), row.type, Figures.shape(row.shape), Figures.grouped(row.byteCount),
                row.offset.map(Figures.grouped) ?? "")
        }
        return table.lines
    }

    var json: JSON {
        .array(
            rows.map { row in
                var object: JSONObject = [
                    "name": .string(row.name), "type": .string(row.type), "shape": .array(row.shape.map { .integer(Int64($0)) }),
                    "bytes": .integer(Int64(row.byteCount)),
                ]
                if let offset = row.offset { object["offset"] = .integer(Int64(offset)) }
                return .object(object)
            })
    }
}
