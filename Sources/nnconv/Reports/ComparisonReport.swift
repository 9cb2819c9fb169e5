import KerasFiles
import NNConvert

/// What `nnconv diff` shows.
struct ComparisonReport {
    var first: String
    var second: String
    var comparison: ModelComparison
    /// Whether weights were compared bit for bit.
    var isExact: Bool

    var lines: [String] {
        guard !comparison.isSame else { return [sameness] }
        var lines: [String] = []
        for layer in comparison.layers { lines += self.lines(layer) }
        lines += section("Training configuration", comparison.training.map { line($0) }, presence: comparison.compiled)
        lines += section("Optimizer state", comparison.optimizer)
        lines += section("Other state", comparison.otherState)
        lines += section("Assets", comparison.assets.map { self.line($0) })
        return lines + ["The models differ."]
    }

    private var sameness: String {
        let counts =
            "\(Figures.counted(comparison.layerCount, "layer")), \(Figures.counted(comparison.weightCount, "weight")) with "
            + Figures.counted(comparison.elementCount, "number")
        return "The models are the same: \(counts), equal " + (isExact ? "bit for bit." : "within the tolerance.")
    }

    /// What is in one of the models only is not listed.
    private func section(_ title: String, _ lines: [String], presence: Presence? = .both) -> [String] {
        guard let presence, presence != .both else { return lines.isEmpty ? [] : [title] + lines.map { "  " + $0 } }
        return [title + ": only in " + Escaped.name(presence == .onlyFirst ? first : second)]
    }

    private func section(_ title: String, _ states: [StateDifference]) -> [String] {
        let kinds = Set(states.map(\.presence))
        return section(title, states.map { line($0) }, presence: kinds.count == 1 ? kinds.first : .both)
    }

    private func lines(_ layer: LayerDifference) -> [String] {
        let title = "Layer \(Escaped.name(layer.path)) (\(Escaped.name(layer.className)))"
        return section(title, layer.values.map { line($0) } + layer.weights.map { "\(Escaped.name($0.role)): \(words($0.kind))" }, presence: layer.presence)
    }

    // MARK: One difference

    private func line(_ value: ValueDifference) -> String {
        "\(Escaped.name(value.key)): \(value.first?.shortText ?? "nothing") -> \(value.second?.shortText ?? "nothing")"
    }

    private func line(_ state: StateDifference) -> String {
        let owner = state.weight.map { " of \(Escaped.name($0.layerPath)) \(Escaped.name($0.role))" } ?? ""
        return "\(Escaped.name(state.name))\(owner): \(words(state.kind))"
    }

    private func line(_ asset: AssetDifference) -> String {
        let name = Escaped.name(asset.name)
        guard let size = asset.first else { return "\(name): only in \(Escaped.name(second))" }
        guard let other = asset.second, let place = asset.firstDeparture else { return "\(name): only in \(Escaped.name(first))" }
        return "\(name): \(Figures.bytes(size)) -> \(Figures.bytes(other)), differing from byte \(place) on"
    }

    private func words(_ kind: WeightDifference.Kind) -> String {
        switch kind {
        case .onlyFirst(let form): "\(form.words) -> nothing"
        case .onlySecond(let form): "nothing -> \(form.words)"
        case .elements(let difference): difference.words
        case .scaled(_, let factor):
            "times \(Float(factor)) where it feeds a hard_sigmoid, and nothing else: Keras 3 defines that function otherwise than Keras 1 and 2, "
                + "and this makes up for it"
        }
    }
}

extension TensorDifference.Form {
    var words: String { "\(elementType.rawValue) \(Figures.shape(shape))" }
}

extension TensorDifference {
    /// How types, shapes and numbers differ.
    var words: String {
        var words: [String] = []
        if first != second { words.append("\(first.words) -> \(second.words)") }
        if let elements {
            words.append(
                elements.differing == 0
                    ? "all numbers are the same" : "\(Figures.grouped(elements.differing)) of \(Figures.counted(elements.count, "number")) differ\(elements.differing == 1 ? "s" : "")")
            if let place = elements.firstPlace {
                words.append("by up to \(Self.text(elements.largestAbsolute)) (\(Self.text(elements.largestRelative)) of the first)")
                words.append("beginning at \(place.indices): \(Self.text(place.first)) -> \(Self.text(place.second))")
            }
        }
        return words.joined(separator: ", ")
    }

    /// The shortest text that tells a float32 from all others, or a float64 where that takes more.
    private static func text(_ number: Double) -> String { Double(Float(number)) == number ? "\(Float(number))" : "\(number)" }
}
