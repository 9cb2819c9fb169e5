import KerasFiles

extension KeyDeclaration {
    /// `dtype` by name or as a policy object: floating-point types and mixed policies. Everything is computed in single precision, so
    /// that results differ from Keras's by the rounding of a half-precision type. Quantisation and other types are refused.
    static let numberType = numberType(names: floatingPoint)

    /// `dtype` of a layer whose results must be exact: single precision, or more.
    static let exactNumberType = numberType(names: ["float32", "float64"])

    static let floatingPoint = ["float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16"]

    /// `dtype` with these names allowed.
    static func numberType(names: [String]) -> KeyDeclaration {
        .used(
            ConfigKey<String>(
                "dtype",
                KeyType(.numberType(names)) { value, place throws(Refusal) in
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

extension KerasLayer {
    /// Whether the layer computes in half precision, where whole numbers soon lose their last digits.
    var computesInHalfPrecision: Bool {
        guard let policy = config["dtype"] else { return false }
        return (QuantizationPolicy(policy)?.source ?? KeyDeclaration.policyName(policy))?.hasSuffix("float16") ?? false
    }
}
