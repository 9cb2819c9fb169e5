import KerasFiles
import KerasWriter

/// The one difference between weights that makes none between models: what feeds a `hard_sigmoid` of Keras 1 and 2 is multiplied by 6/5
/// where Keras 3's own takes its place.
struct HardSigmoidScaling {
    /// From the first model to the second.
    let factor: Double
    private let isForward: Bool
    private let arguments: [ActivationArgument]

    /// Nil when no activation of the layers, for which the weight in this role matters, changed in this way.
    init?(_ first: KerasLayer, _ second: KerasLayer, role: String) {
        let (old, new): (JSON, JSON) = (.string(ActivationNames.hardSigmoidOfKeras2), "hard_sigmoid")
        func arguments(_ a: KerasLayer, _ b: KerasLayer) -> [ActivationArgument] {
            ActivationNames.keys.sorted().compactMap { key in
                guard a.config[key] == old, b.config[key] == new else { return nil }
                return ActivationArgument.of(key, in: a.className).flatMap { $0.roles.contains(role) ? $0 : nil }
            }
        }
        let (forward, backward) = (arguments(first, second), arguments(second, first))
        guard forward.isEmpty != backward.isEmpty else { return nil }
        isForward = backward.isEmpty
        self.arguments = isForward ? forward : backward
        factor = isForward ? 6.0 / 5 : 5.0 / 6
    }

    /// Whether nothing but the factor lies between two tensors.
    func explains(_ first: Tensor, _ second: Tensor) throws(KerasFileError) -> Bool {
        var scaled = isForward ? first : second
        for argument in arguments {
            guard let product = try? scaled.scaled(by: 6.0 / 5, parts: argument.parts) else { return false }
            scaled = product
        }
        return try TensorDifference(scaled, isForward ? second : first) == nil
    }
}
