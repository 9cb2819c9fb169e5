/// How a Lambda says what it computes. Keras 3 describes a function by an object; Keras 2 by a value and two keys that say what kind it is
/// and from which module. Code is opaque: it is carried from one form to the other, and never run.
///
/// Facts: tf_keras 2.21, Keras 3.15.1.
package enum LambdaFunction {
    private struct Row {
        let key: String
        let type: String
        let module: String
    }

    private static let rows = [
        Row(key: "function", type: "function_type", module: "module"),
        Row(key: "output_shape", type: "output_shape_type", module: "output_shape_module"),
        Row(key: "mask", type: "mask_type", module: "mask_module"),
    ]

    /// Brings the keys of a Lambda into Keras 3 form; what they say in another way stays. Returns the keys that changed.
    package static func bringIntoKeras3Form(_ config: inout JSONObject) -> [String] {
        var changed: [String] = []
        for row in rows {
            guard let type = config[row.type]?.stringValue, let value = config[row.key], let new = described(value, type) else { continue }
            if type == "raw", value.isNull { config.removeValue(forKey: row.key) } else { config[row.key] = new }
            config.removeValue(forKey: row.type)
            config.removeValue(forKey: row.module)
            changed.append(row.key)
        }
        return changed
    }

    /// Brings the keys of a Lambda into the form of Keras 2. Returns the keys whose values have no form there.
    package static func bringIntoKeras2Form(_ config: inout JSONObject) -> [String] {
        var unexpressible: [String] = []
        for row in rows where config[row.type] == nil {
            if row.key == "mask", (config[row.key] ?? .null).isNull { continue }
            guard let (value, type) = told(config[row.key] ?? .null) else {
                unexpressible.append(row.key)
                continue
            }
            config[row.key] = value
            config[row.type] = .string(type)
            // Where a function is looked up if it is not given.
            config[row.module] = .null
        }
        return unexpressible
    }

    private static func described(_ value: JSON, _ type: String) -> JSON? {
        switch (type, value) {
        case ("raw", _): return value
        case ("lambda", .array(let parts)) where parts.count == 3:
            return ["class_name": "__lambda__", "config": ["code": parts[0], "defaults": parts[1], "closure": parts[2]]]
        case ("function", .string):
            return ["module": "builtins", "class_name": "function", "config": value, "registered_name": "function"]
        default: return nil
        }
    }

    private static func told(_ value: JSON) -> (value: JSON, type: String)? {
        switch value["class_name"]?.stringValue {
        case "__lambda__":
            guard let inner = value["config"], let code = inner["code"] else { return nil }
            return ([code, inner["defaults"] ?? .null, inner["closure"] ?? .null], "lambda")
        case "function":
            guard let name = value["config"], name.stringValue != nil else { return nil }
            return (name, "function")
        case nil where value.objectValue == nil: return (value, "raw")
        default: return nil
        }
    }
}
