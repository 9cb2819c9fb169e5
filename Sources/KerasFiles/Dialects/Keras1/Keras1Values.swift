/// What Keras 1 says otherwise than Keras 2 and 3.
///
/// Facts: Keras 1.0.8 and 1.2.2.
package enum Keras1Values {
    /// Stands for an order of axes that the file does not tell, because it was that of the writer's settings.
    package static let untoldDataFormat = "keras1>image_dim_ordering"

    static let dataFormats = ["th": "channels_first", "tf": "channels_last"]

    private static let initializers = [
        "zero": "zeros", "one": "ones", "uniform": "random_uniform", "normal": "random_normal", "glorot_uniform": "glorot_uniform",
        "glorot_normal": "glorot_normal", "he_uniform": "he_uniform", "he_normal": "he_normal", "lecun_uniform": "lecun_uniform",
        "orthogonal": "orthogonal", "identity": "identity",
    ]

    /// The value in Keras 3 form; the value itself where it means the same, nil where Keras 3 has nothing like it and it concerns training
    /// alone.
    static func translated(_ value: JSON, of key: String, in className: String) -> JSON? {
        if key == "data_format" { return value.stringValue.flatMap { dataFormats[$0] }.map { .string($0) } ?? value }
        if key == "padding", className.hasPrefix("ZeroPadding") { return padding(value, className) }
        if key.hasSuffix("_initializer"), let name = value.stringValue { return initializers[name].map { .string($0) } }
        if key.hasSuffix("_regularizer"), let object = value.objectValue { return regularizer(object) }
        if key.hasSuffix("_constraint"), let object = value.objectValue { return constraint(object) }
        return value
    }

    private static func regularizer(_ object: JSONObject) -> JSON? {
        // Those of the outputs are called ActivityRegularizer in Keras 1.0.
        let names: Set = ["WeightRegularizer", "ActivityRegularizer", "L1L2Regularizer"]
        guard let name = object["name"]?.stringValue else { return .object(object) }
        guard names.contains(name), let l1 = object["l1"], let l2 = object["l2"] else { return nil }
        return ["class_name": "L1L2", "config": ["l1": l1, "l2": l2]]
    }

    private static let constraintKeys = ["m": "max_value", "low": "min_value", "high": "max_value", "rate": "rate", "axis": "axis"]

    private static func constraint(_ object: JSONObject) -> JSON? {
        guard let name = object["name"] else { return .object(object) }
        var config = JSONObject()
        for (key, value) in object where key != "name" {
            guard let new = constraintKeys[key] else { return nil }
            config[new] = value
        }
        return ["class_name": name, "config": .object(config)]
    }

    private static let paddingKeys = [
        "ZeroPadding1D": ["left_pad", "right_pad"], "ZeroPadding2D": ["top_pad", "bottom_pad", "left_pad", "right_pad"],
    ]

    /// `1` → `[1, 1]`; `[1, 2]` → `[[1, 1], [2, 2]]`; `[1, 2, 3, 4]` → `[[1, 2], [3, 4]]`.
    private static func padding(_ value: JSON, _ className: String) -> JSON {
        var numbers: [JSON]
        switch value {
        case .integer: numbers = [value]
        case .array(let list): numbers = list
        case .object(let object): numbers = (paddingKeys[className] ?? []).map { object[$0] ?? 0 }
        default: return value
        }
        guard !numbers.isEmpty, numbers.allSatisfy({ $0.integerValue != nil }) else { return value }
        let rank = className.lazy.compactMap(\.wholeNumberValue).last ?? 1
        // One number for both sides.
        if numbers.count == rank { numbers = numbers.flatMap { [$0, $0] } }
        guard numbers.count == 2 * rank else { return value }
        return rank == 1 ? .array(numbers) : .array((0..<rank).map { .array([numbers[2 * $0], numbers[2 * $0 + 1]]) })
    }
}
