import KerasFiles
import Lowering
import NNConvert
import NNInference

extension InspectionReport {
    var json: JSON {
        var object: JSONObject = ["file": .string(path), "bytes": .integer(Int64(clamping: file.byteCount))]
        switch file.content {
        case .keras(let model):
            object["format"] = .string(model.format.rawValue)
            object["keras_version"] = model.version.text.map { .string($0) } ?? .null
            object["lineage"] = .string(model.version.lineage.rawValue)
            object["backend"] = model.backend.map { .string($0) } ?? .null
            object["class"] = .string(model.root.className)
            object["compiled"] = .bool(model.trainingConfiguration != nil)
            object["repairs"] = .array(model.repairs.map(\.json))
        case .compact(let model):
            object["format"] = "nnc"
            object["container_version"] = .integer(Int64(FileHeader.containerVersion))
            object["operation_set"] = .integer(Int64(model.layout.header.operationSet))
            object["alignment"] = .integer(Int64(model.layout.header.alignment))
            object["parts"] = FileMapTable(model.layout).json
        }
        object["name"] = summary.name.map { .string($0) } ?? .null
        object["layers"] = .array(summary.layers.map(\.json))
        object["parameters"] = .integer(Int64(summary.parameters))
        object["trainable_parameters"] = summary.trainableParameters.json
        object["optimizer_parameters"] = summary.optimizerParameters.json
        object["tensor_bytes"] = .integer(Int64(clamping: summary.tensorBytes))
        object["inputs"] = .array(summary.inputs.map(\.json))
        object["outputs"] = .array(summary.outputs.map(\.json))
        object["operations"] = summary.operationCount.json
        object["arena_bytes"] = summary.needs?.arenaBytes.json ?? .null
        object["state_bytes"] = summary.needs?.stateBytes.json ?? .null
        object["multiply_accumulates"] = summary.needs?.multiplyAccumulates.map { .integer(Int64(clamping: $0)) } ?? .null
        object["runnable"] = .bool(summary.isRunnable)
        object["refusals"] = .array(summary.refusals.map(\.json))
        if listsTensors { object["tensors"] = TensorList(file).json }
        return .object(object)
    }
}

extension Int? {
    /// The number, or null.
    var json: JSON { map { .integer(Int64($0)) } ?? .null }
}

extension Shape {
    var json: JSON { .array(dimensions.map { $0 == Shape.unknown ? .null : .integer(Int64($0)) }) }
}

extension ModelSummary.Layer {
    fileprivate var json: JSON {
        [
            "name": .string(name), "class": className.map { .string($0) } ?? .null, "depth": .integer(Int64(depth)),
            "operations": .array(operations.map { .string($0.words) }), "output_shapes": .array(outputShapes.map(\.json)),
            "parameters": .integer(Int64(parameters)), "trainable_parameters": trainableParameters.json,
        ]
    }
}

extension ModelSummary.Value {
    fileprivate var json: JSON { ["name": .string(name), "shape": info.shape.json, "type": .string(info.type.words)] }
}

extension Refusal {
    var json: JSON {
        var object: JSONObject = ["layer": .string(path), "class": .string(className)]
        if let key { object["key"] = .string(key) }
        if let value { object["value"] = value }
        object["reason"] = .string(reason.words)
        return .object(object)
    }
}
