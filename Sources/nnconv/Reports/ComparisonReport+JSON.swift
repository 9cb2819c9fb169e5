import KerasFiles
import NNConvert

extension ComparisonReport {
    var json: JSON {
        [
            "first": .string(first), "second": .string(second), "same": .bool(comparison.isSame),
            "compared": [
                "layers": .integer(Int64(comparison.layerCount)), "weights": .integer(Int64(comparison.weightCount)),
                "numbers": .integer(Int64(comparison.elementCount)),
            ],
            "layers": .array(comparison.layers.map(\.json)), "compiled": comparison.compiled.map { .string($0.words) } ?? .null,
            "training": .array(comparison.training.map(\.json)),
            "optimizer": .array(comparison.optimizer.map(\.json)), "other_state": .array(comparison.otherState.map(\.json)),
            "assets": .array(comparison.assets.map(\.json)),
        ]
    }
}

extension LayerDifference {
    fileprivate var json: JSON {
        var object: JSONObject = ["layer": .string(path), "class_name": .string(className), "in": .string(presence.words)]
        if !values.isEmpty { object["values"] = .array(values.map(\.json)) }
        if !weights.isEmpty {
            object["weights"] = .array(weights.map { .object(JSONObject([(key: "role", value: .string($0.role))] + $0.kind.members)) })
        }
        return .object(object)
    }
}

extension Presence {
    fileprivate var words: String {
        switch self {
        case .both: "both"
        case .onlyFirst: "first"
        case .onlySecond: "second"
        }
    }
}

extension ValueDifference {
    fileprivate var json: JSON {
        var object: JSONObject = ["key": .string(key)]
        if let first { object["first"] = first }
        if let second { object["second"] = second }
        return .object(object)
    }
}

extension StateDifference {
    fileprivate var json: JSON {
        var object: JSONObject = ["name": .string(name)]
        if let weight {
            object["layer"] = .string(weight.layerPath)
            object["role"] = .string(weight.role)
        }
        for (key, value) in kind.members { object[key] = value }
        return .object(object)
    }
}

extension AssetDifference {
    fileprivate var json: JSON {
        var object: JSONObject = ["name": .string(name)]
        if let first { object["first_bytes"] = .integer(Int64(clamping: first)) }
        if let second { object["second_bytes"] = .integer(Int64(clamping: second)) }
        if let firstDeparture { object["first_departure"] = .integer(Int64(clamping: firstDeparture)) }
        return .object(object)
    }
}

extension WeightDifference.Kind {
    fileprivate var members: [(key: String, value: JSON)] {
        switch self {
        case .onlyFirst(let form): [(key: "first", value: form.json)]
        case .onlySecond(let form): [(key: "second", value: form.json)]
        case .elements(let difference): difference.members
        case .scaled(let difference, let factor): difference.members + [(key: "scaled_by", value: .float(factor))]
        }
    }
}

extension TensorDifference.Form {
    fileprivate var json: JSON { ["dtype": .string(elementType.rawValue), "shape": .array(shape.map { .integer(Int64($0)) })] }
}

extension TensorDifference {
    fileprivate var members: [(key: String, value: JSON)] {
        var members: [(key: String, value: JSON)] = [(key: "first", value: first.json), (key: "second", value: second.json)]
        guard let elements else { return members }
        members += [
            (key: "numbers", value: .integer(Int64(elements.count))), (key: "differing", value: .integer(Int64(elements.differing))),
            (key: "largest_difference", value: .float(elements.largestAbsolute)),
            (key: "largest_relative_difference", value: .float(elements.largestRelative)),
        ]
        if let place = elements.firstPlace {
            members.append(
                (key: "first_place",
                 value: [
                    "indices": .array(place.indices.map { .integer(Int64($0)) }), "first": .float(place.first), "second": .float(place.second),
                 ]))
        }
        return members
    }
}
