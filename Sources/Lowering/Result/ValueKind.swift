import KerasFiles

/// What a configuration key takes, as data: for the documentation of supported layers and for messages.
public indirect enum ValueKind: Equatable, Sendable {
    case boolean
    /// A whole number from `minimum` on.
    case integer(minimum: Int)
    case number
    case choice([JSON])
    /// One whole number for all axes, or a list of `count`.
    case tuple(count: Int, minimum: Int)
    /// For each of `count` axes what is added or removed before and after: a number, a number per axis, or two per axis.
    case pairs(count: Int)
    /// A function by name, or a layer that stands as one.
    case activation
    /// A function of single elements, as cells need it.
    case elementwiseActivation
    /// Dimensions after the batch, at most one of them -1.
    case shape
    /// All dimensions, `null` for an open one.
    case batchShape
    /// A number of an axis, negative ones counting from the end, or a list of them.
    case axes
    /// A number, or numbers in nested lists.
    case numbers
    /// One of these number types, by name or as a policy.
    case numberType([String])
    /// One of these number types, or a policy of a quantised layer, of one of these modes.
    case quantizedNumberType([String], modes: [String])
    /// What a quantised layer does with its input: a description of a quantizer, or `null`.
    case quantization
    /// A text or a whole number.
    case token
    /// Texts or whole numbers.
    case vocabulary
    /// One or two whole numbers, or `null`.
    case hashKey
    /// Widths of groups of neighbouring tokens: the largest, or a list, or `null`.
    case tokenGroups
    /// `ab,bc->ac`: input, kernel and output of a product, a letter for each axis.
    case equation
    /// Letters of an equation.
    case labels
    /// Dimensions after the batch, `null` for those that follow from the input; or the only one.
    case partialShape
    /// Two numbers.
    case range
    /// What the kind takes, or `null`.
    case optional(ValueKind)
}
