import KerasFiles
import NNInference

/// The two narrow matrices whose product is added to a frozen weight (LoRA), where they are apart: in legacy HDF5. Keras's other formats have
/// the sum.
struct LowRankAdapter {
    /// The roles of the matrices of a layer whose weight has the role `weight`.
    static func roles(of weight: String) -> (first: String, second: String) { ("lora_\(weight)_a", "lora_\(weight)_b") }

    private let first: Tensor
    private let second: Tensor
    private let factor: Double

    /// Nil when the layer has no adapter for the weight, or one that is merged.
    init?(_ weight: String, of layer: KerasLayer) {
        let roles = Self.roles(of: weight)
        guard let first = layer.weight(roles.first), let second = layer.weight(roles.second), let rank = layer.config["lora_rank"]?.doubleValue, rank > 0
        else { return nil }
        self.first = first
        self.second = second
        factor = (layer.config["lora_alpha"]?.doubleValue ?? rank) / rank
    }

    func merged(into weight: Tensor) throws(KerasFileError) -> Tensor { try weight.adding(factor, times: first, second) }
}

extension ProgramBuilder {
    /// A weight with what has been trained beside it (LoRA), if that is apart.
    mutating func adapted(
        _ role: String, of layer: KerasLayer, shape: [Int], layout: TensorLayout = .rowMajor
    ) throws(Refusal) -> TensorID {
        guard let sum = try adaptedTensor(role, of: layer, shape: shape) else { return try weight(role, of: layer, shape: shape, layout: layout) }
        return add(constant: sum, layout: layout)
    }

    /// The sum of a weight and its adapter; nil when it has none that is apart.
    mutating func adaptedTensor(_ role: String, of layer: KerasLayer, shape: [Int]) throws(Refusal) -> Tensor? {
        guard LowRankAdapter(role, of: layer) != nil else { return nil }
        return try sum(of: try take(role, of: layer, shape: shape), role, of: layer)
    }

    /// What is to be added to a quantised weight, in full; nil when it has no adapter that is apart.
    mutating func adapter(_ role: String, of layer: KerasLayer, shape: [Int], layout: TensorLayout) throws(Refusal) -> TensorID? {
        try adapterTensor(role, of: layer, shape: shape).map { add(constant: $0, layout: layout) }
    }

    mutating func adapterTensor(_ role: String, of layer: KerasLayer, shape: [Int]) throws(Refusal) -> Tensor? {
        guard LowRankAdapter(role, of: layer) != nil, let zeros = try? Tensor.zeros(.float32, shape) else { return nil }
        return try sum(of: zeros, role, of: layer)
    }

    private mutating func sum(of base: Tensor, _ role: String, of layer: KerasLayer) throws(Refusal) -> Tensor {
        let roles = LowRankAdapter.roles(of: role)
        _ = try take(roles.first, of: layer)
        _ = try take(roles.second, of: layer)
        guard let adapter = LowRankAdapter(role, of: layer) else { return base }
        do throws(KerasFileError) {
            return try adapter.merged(into: base)
        } catch {
            guard case .weightShape(let expected, let found) = error.kind else { throw Refusal(layer, .weightContent(role: roles.first)) }
            throw Refusal(layer, .weightShape(role: roles.first, expected: expected, found: found))
        }
    }
}

extension [KeyDeclaration] {
    /// Matrices that were trained beside the weight. Keras's own formats have them in it.
    static let adapter: [KeyDeclaration] = [
        .used(ConfigKey<Int?>("lora_rank", .optional(.integer(from: 1)), default: .null)),
        .used(ConfigKey<Float?>("lora_alpha", .optional(.number), default: .null)),
    ]
}
