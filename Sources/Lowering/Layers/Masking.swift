import KerasFiles
import NNInference

enum MaskingLayer {
    static let definitions = [definition]

    private static let maskValue = ConfigKey<Float>("mask_value", .number, default: 0)

    private static let definition = LayerDefinition(
        "Masking", keys: .commonWithActivityRegularizer + [.used(maskValue)]
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let mask = try builder.append(.stepMask(StepMask(input: input, value: try call[maskValue], flags: .anyOfLastAxis)))
        let output = try builder.append(.masking(Masking(input: input, mask: mask)))
        return [MaskedValue(output, mask: .value(mask))]
    }
}
