import Lowering

extension ValueKind {
    /// What a configuration key takes.
    var words: String {
        switch self {
        case .boolean: "true or false"
        case .integer(let minimum): "a whole number from \(minimum)"
        case .number: "a number"
        case .choice(let values): "one of " + values.map(\.shortText).joined(separator: ", ")
        case .tuple(let count, let minimum): "\(count) whole numbers from \(minimum), or one for all"
        case .pairs(let count): "whole numbers for each of \(count) dimensions"
        case .activation: "an activation"
        case .elementwiseActivation: "an activation of single elements"
        case .shape: "the dimensions after the batch"
        case .batchShape: "all dimensions, the batch first"
        case .axes: "the number of a dimension, or several"
        case .numbers: "numbers"
        case .numberType(let names): "one of the number types " + names.joined(separator: ", ")
        case .quantizedNumberType(let names, let modes):
            "one of the number types \(names.joined(separator: ", ")), or a policy of the mode \(modes.joined(separator: ", "))"
        case .quantization: "a quantization of inputs by their largest magnitude, or null"
        case .token: "a text or a whole number"
        case .vocabulary: "a list of texts or of whole numbers"
        case .hashKey: "one or two whole numbers, or null"
        case .tokenGroups: "a whole number from 1, a list of them, or null"
        case .equation: "an equation of an input, a kernel and an output, as ab,bc->ac"
        case .labels: "letters of the equation"
        case .partialShape: "the dimensions after the batch, null for those that follow from the input"
        case .range: "two numbers"
        case .optional(let kind): kind.words + ", or null"
        }
    }
}
