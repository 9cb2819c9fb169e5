import KerasFiles
import KerasWriter
import Lowering

extension OptionSupport.Outcome {
    var words: String { self == .withoutEffect ? "without effect" : rawValue }
}

extension OptionSupport.Values {
    /// - Parameter isOnly: whether the option says nothing of other values.
    func words(isOnly: Bool) -> String {
        switch self {
        case .value(let value): value.shortText
        case .kind(let kind): kind.words
        case .policy(let modes): "a policy of the mode " + modes.joined(separator: ", ")
        case .layer(let classes): "a layer " + classes.joined(separator: ", ")
        case .code: "a function of the author's"
        case .anyOther: isOnly ? "any" : "any other"
        }
    }
}

extension [LayerReleases.Release] {
    /// `2, 3`: where a Keras 3 has it, all have, unless it says more.
    var words: String {
        var words: [String] = []
        if contains(.keras2) { words.append("2") }
        if contains(.keras30) { words.append("3") } else if contains(.keras3) { words.append("3 after 3.0") }
        return words.isEmpty ? "earlier" : words.joined(separator: ", ")
    }
}

extension LayerDefinition.MaskRule {
    var words: String {
        switch self {
        case .passes: "goes on with the output"
        case .drops: "ends here"
        case .ownRule: "is used, made or handed on by the layer's own rule"
        }
    }
}

extension LayerDefinition.IntegerRule {
    var words: String {
        switch self {
        case .refused: "refused"
        case .convertedToNumbers: "converted"
        case .keptAsIntegers: "taken as they are"
        }
    }
}

extension LayerRule {
    /// What must hold.
    var words: String {
        let (first, second) = (keys[0], keys.count > 1 ? keys[1] : "")
        return switch statement {
        case .oneAxis: "\(first) names one dimension"
        case .notZero: "\(first) is not 0"
        case .rising: "\(first) is a list of numbers that do not fall"
        case .permutation: "\(first) names every dimension after the batch once"
        case .oneOpenDimension: "at most one dimension of \(first) is -1"
        case .notBothAboveOne: "only one of \(first) and \(second) is above 1"
        case .notBothTrue: "only one of \(first) and \(second) is true"
        case .multipleOfSecond: "\(first) is a multiple of \(second)"
        case .belowSecond: "\(first) is below \(second)"
        case .notAboveSecond: "\(first) is not above \(second)"
        case .sameShapeOrBothAbsent: "\(first) and \(second) have the same shape, or are both null"
        case .onlyWithSecond(let value): "\(first) stands with \(second) = \(value.shortText) only"
        case .requiredWithSecond(let value): "\(first) is given if \(second) = \(value.shortText)"
        case .notTogether(let one, let other): "\(first) = \(one.shortText) does not go with \(second) = \(other.shortText)"
        case .axesOfSecond: "\(first) has letters of the output of \(second), and not that of the batch"
        case .vocabulary: "no entry of \(first) comes twice, and there are as many as the other options say"
        case .quantizationOfSecond: "\(first) is null, or of the mode of \(second)"
        case .hasLayer: "there is a layer inside"
        case .layers(let classes): "the layers inside are of the classes " + classes.joined(separator: ", ")
        case .oppositeDirections: "one layer inside goes backwards and the other does not, and they agree about return_sequences and stateful"
        case .stateless: "no layer inside is stateful"
        }
    }
}
