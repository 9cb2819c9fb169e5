import KerasFiles

/// What the number type policy of a quantised layer means for its weights.
///
/// Facts: Keras 3.3 to 3.15.
struct QuantizationPolicy: Equatable, Sendable {
    let mode: QuantizationMode.Kind
    /// The policy that the layer had before.
    let source: String
    /// Of a weight.
    let bits: Int
    /// How many weights along the input have a scale of their own; nil for all of them.
    let blockSize: Int?
    /// Of four bits: whether two rows of a kernel share a byte, and inputs are quantised, too, as Keras 3.11 to 3.13 do it. Otherwise two columns.
    let packsRows: Bool

    /// Nil when `dtype` is another policy, or says what no release writes.
    init?(_ dtype: JSON) {
        guard let written = QuantizationMode(dtype), let source = Self.source(of: dtype) else { return nil }
        let (numbers, blockSize) = (written.numbers, written.numbers.last ?? -1)
        packsRows = written.kind == .int4 && numbers.isEmpty
        if let className = dtype["class_name"]?.stringValue, className != (packsRows ? "QuantizedDTypePolicy" : Self.className(of: written.kind)) { return nil }
        switch (written.kind, numbers.count) {
        case (.int8, 0), (.float8, 0): bits = 8
        case (.int4, 0...1): bits = 4
        case (.gptq, 2) where [2, 3, 4, 8].contains(numbers[0]): bits = numbers[0]
        case (.awq, 2) where numbers[0] == 4: bits = 4
        default: return nil
        }
        guard blockSize == -1 || blockSize > 0 else { return nil }
        mode = written.kind
        self.source = source
        self.blockSize = blockSize == -1 ? nil : blockSize
    }

    private static func source(of dtype: JSON) -> String? {
        guard let name = dtype.stringValue else { return dtype["config"]?["source_name"]?.stringValue }
        return name.firstRange(of: "_from_").map { String(name[$0.upperBound...]) }
    }

    private static func className(of mode: QuantizationMode.Kind) -> String {
        switch mode {
        case .int8: "QuantizedDTypePolicy"
        case .float8: "QuantizedFloat8DTypePolicy"
        case .int4: "Int4DTypePolicy"
        case .gptq: "GPTQDTypePolicy"
        case .awq: "AWQDTypePolicy"
        }
    }

    /// Whether two weights lie in a byte.
    var isPacked: Bool { bits == 4 }

    /// Whether each column of a kernel has one scale, by which Keras divides after the product.
    var hasScaledColumns: Bool { mode == .int8 || mode == .int4 && blockSize == nil }
}
