import KerasFiles
import NNInference

/// The keys by which a layer says that it is quantised. Its weights are then others (`QuantizedVariables`), and its inputs may be
/// quantised, too, while it runs.
struct QuantizationKeys: Sendable {
    /// Nil for a layer that is not quantised.
    let policy: ConfigKey<QuantizationPolicy?>
    let inputs = ConfigKey<QuantizationSettings?>("quantization_config", .quantization, default: .null)

    /// - Parameters:
    ///   - names: the number types that the layer may have otherwise.
    ///   - modes: in which it can be quantised.
    init(_ names: [String], modes: [QuantizationMode.Kind]) {
        policy = ConfigKey(
            "dtype",
            KeyType(.quantizedNumberType(names, modes: modes.map(\.rawValue))) { value, place throws(Refusal) in
                if let name = KeyDeclaration.policyName(value), names.contains(name) { return nil }
                guard let policy = QuantizationPolicy(value), modes.contains(policy.mode), KeyDeclaration.floatingPoint.contains(policy.source) else {
                    throw place.refusal(.numberType)
                }
                return policy
            }, default: "float32")
    }

    var declarations: [KeyDeclaration] { [.used(policy), .used(inputs)] }

    var rule: LayerRule {
        LayerRule(inputs.name, policy.name, is: .quantizationOfSecond) { layer throws(Refusal) in
            guard let settings = try layer[inputs] else { return }
            guard let policy = try layer[policy], settings.mode == policy.mode, policy.mode != .int4 || settings.blockSize == policy.blockSize else {
                throw Refusal(layer, key: inputs.name, .conflict(withKey: self.policy.name))
            }
        }
    }

    /// How the layer quantises its inputs, or nil when it leaves them as they are.
    func inputQuantizer(_ layer: KerasLayer) throws(Refusal) -> AbsoluteMaximum? {
        guard let policy = try layer[policy], policy.hasScaledColumns else { return nil }
        guard let settings = try layer[inputs] else { return policy.mode == .int8 || policy.packsRows ? .standard : nil }
        return settings.inputs
    }
}

/// What stands under `quantization_config`. (How weights were quantised changes nothing any more.)
struct QuantizationSettings: Equatable, Sendable {
    var mode: QuantizationMode.Kind
    /// Of `int4`.
    var blockSize: Int?
    var inputs: AbsoluteMaximum?
}

/// Whole numbers by the largest magnitude of a row: Keras's AbsMaxQuantizer.
struct AbsoluteMaximum: Equatable, Sendable {
    var lower: Float
    var upper: Float
    var epsilon: Float

    static let standard = AbsoluteMaximum(lower: -127, upper: 127, epsilon: 1e-7)
}

extension KeyType where Value == QuantizationSettings? {
    static let quantization = KeyType(.quantization) { value, place throws(Refusal) in
        if value.isNull { return nil }
        let wrongType = place.refusal(.wrongType(expected: .quantization))
        guard let mode = modes.first(where: { $0.key == value["class_name"]?.stringValue })?.value, let config = value["config"]?.objectValue else {
            throw wrongType
        }
        var settings = QuantizationSettings(mode: mode)
        let block = config["block_size"] ?? .null
        if !block.isNull, block != -1 {
            guard let size = block.intValue, size > 0 else { throw wrongType }
            settings.blockSize = size
        }
        guard let quantizer = config["activation_quantizer"], !quantizer.isNull else { return settings }
        guard quantizer["class_name"] == "AbsMaxQuantizer", let parameters = quantizer["config"]?.objectValue,
            (parameters["output_dtype"] ?? "int8") == "int8", let range = parameters["value_range"]?.arrayValue, range.count == 2,
            let lower = range[0].intValue, let upper = range[1].intValue, -128 <= lower, lower <= 0, 0 < upper, upper <= 127,
            let epsilon = parameters["epsilon"]?.doubleValue
        else { throw wrongType }
        settings.inputs = AbsoluteMaximum(lower: Float(lower), upper: Float(upper), epsilon: Float(epsilon))
        return settings
    }

    private static let modes: KeyValuePairs<String, QuantizationMode.Kind> = [
        "Int8QuantizationConfig": .int8, "Int4QuantizationConfig": .int4, "Float8QuantizationConfig": .float8, "GPTQConfig": .gptq, "AWQConfig": .awq,
    ]
}
