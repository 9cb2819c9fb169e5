import KerasFiles
import NNInference

/// AutoContrast: each channel of each image is stretched over the whole range of values.
enum AutoContrastLayer {
    static let definitions = [definition]

    private static let range = ConfigKey<[Float]>("value_range", .range, default: [0, 255])

    private static let definition = LayerDefinition(
        "AutoContrast", keys: .commonWithActivityRegularizer + [.used(range), .withoutEffect("data_format")], mask: .drops
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        try builder.require(rank: 4, of: input)
        let range = try call[range].sorted()
        let width = range[1] - range[0]
        guard width > 0 else { throw call.refusal(.unsupportedValue(allowed: []), key: Self.range.name) }

        func scaled(_ value: ValueID, _ scale: Float, _ shift: Float, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
            try builder.append(.scaling(Scaling(input: value, scale: scale, shift: shift)))
        }
        func largest(_ value: ValueID, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
            try builder.append(.reduction(Reduction(input: value, function: .maximum, axes: AxisSet([1, 2]), flags: .keepsAxes)))
        }
        func combined(_ function: Arithmetic.Function, _ a: ValueID, _ b: ValueID, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
            try builder.append(.arithmetic(Arithmetic(function, a, b)))
        }
        let image = try scaled(input, 255 / width, -range[0] * 255 / width, &builder)
        let high = try largest(image, &builder)
        // The smallest with the sign changed.
        let low = try largest(try scaled(image, -1, 0, &builder), &builder)
        let contrast = try combined(.add, high, low, &builder)
        // 1 where there is any contrast: elsewhere the image stays, and is divided by 1 on the way.
        let differs = try builder.append(.stepMask(StepMask(input: contrast, value: 0)))
        let ones = try builder.append(.masking(Masking(input: try scaled(contrast, 0, 1, &builder), mask: differs)))
        let zeros = try scaled(ones, -1, 1, &builder)
        let divisor = try scaled(try combined(.add, contrast, zeros, &builder), 1 / 255, 0, &builder)
        let raised = try combined(.add, image, low, &builder)
        let stretched = try combined(.divide, raised, divisor, &builder)
        let clipped = try builder.append(
            .activation(Elementwise(input: stretched, activation: .relu(maxValue: 255, negativeSlope: 0, threshold: 0))))
        let result = try combined(.multiply, try scaled(clipped, width / 255, range[0], &builder), ones, &builder)
        return try combined(.add, result, try combined(.multiply, input, zeros, &builder), &builder)
    }
}

extension KeyType where Value == [Float] {
    /// Two numbers, in any order.
    fileprivate static let range = KeyType(.range) { value, place throws(Refusal) in
        let numbers = value.arrayValue?.compactMap(\.doubleValue) ?? []
        guard numbers.count == 2, value.arrayValue?.count == 2 else { throw place.refusal(.wrongType(expected: .range)) }
        return numbers.map { Float($0) }
    }
}
