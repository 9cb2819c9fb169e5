import KerasFiles

extension KeyDeclaration {
    /// `dtype`: float32 by name or as a policy object. Other number types, mixed policies and quantisation are refused.
    static let numberType = numberType(names: ["float32"])

    /// `dtype` with these names allowed.
    static func numberType(names: Set<String>) -> KeyDeclaration {
        .used(
            ConfigKey<String>(
                "dtype",
                KeyType(.numberType) { value, place throws(Refusal) in
                    guard let name = policyName(value), names.contains(name) else { throw place.refusal(.numberType) }
                    return name
                }, default: "float32"))
    }

    /// The name in `"float32"` or in `{"class_name": "DTypePolicy", "config": {"name": "float32"}}` (`Policy` in tf.keras).
    static func policyName(_ value: JSON) -> String? {
        if let name = value.stringValue { return name }
        guard let policy = value.objectValue, ["DTypePolicy", "Policy"].contains(policy["class_name"]?.stringValue) else { return nil }
        return policy["config"]?["name"]?.stringValue
    }
}
