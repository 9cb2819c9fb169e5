import KerasFiles
import NNInference

/// EinsumDense becomes a matrix product: the input's axes are put in the order of the product, the product is made, and its axes are
/// put in the order of the equation. Labels that all three terms have are groups, which a grouped convolution keeps apart.
enum EinsumDenseLayer {
    static let definitions = [definition]

    private static let equation = ConfigKey<Equation>("equation", .equation)
    private static let outputShape = ConfigKey<[Int]>("output_shape", .partialShape)
    private static let biasAxes = ConfigKey<String?>("bias_axes", .optional(.labels), default: .null)
    private static let activation = ConfigKey<LayerActivation>("activation", .activation, default: .null)
    private static let quantization = QuantizationKeys(KeyDeclaration.floatingPoint, modes: [.int8, .int4, .float8, .gptq, .awq])

    private static let definition = LayerDefinition(
        "EinsumDense",
        keys: .withoutEffect("name", "trainable", "activity_regularizer") + quantization.declarations
            + [.used(equation), .used(outputShape), .used(biasAxes), .used(activation), .withoutEffect("gptq_unpacked_column_size")] + .adapter + .training("kernel", "bias"),
        mask: .drops, unusedWeights: DenseLayer.statistics,
        rules: [
            quantization.rule,
            LayerRule(biasAxes.name, equation.name, is: .axesOfSecond) { layer throws(Refusal) in
                guard let axes = try layer[biasAxes], case let equation = try layer[equation] else { return }
                // A bias of the batch would be one for each example.
                guard !axes.isEmpty, axes.allSatisfy({ equation.output.dropFirst(equation.hasLeadingEllipsis ? 0 : 1).contains($0) }) else {
                    throw Refusal(layer, key: biasAxes.name, .conflict(withKey: Self.equation.name))
                }
            },
        ]
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let shape = builder.shape(input)
        guard let equation = try call[equation].expanded(rank: shape.rank) else {
            throw call.refusal(.unsupportedValue(allowed: []), key: Self.equation.name)
        }
        let sizes = try sizes(equation, shape, call)
        let policy = try call[quantization.policy]
        let product = try EinsumProduct(equation, sizes, call)
        var value: ValueID
        if let policy {
            value = try product.quantized(input, policy, quantization, &builder)
        } else {
            value = try product.of(input, &builder)
        }
        if let axes = try call[biasAxes] {
            let first = equation.output.firstIndex { axes.contains($0) } ?? 0
            let extents = equation.output[first...].map { axes.contains($0) ? sizes[$0] ?? Shape.unknown : 1 }
            let bias = try DenseLayer.bias(extents, policy, call.layer, &builder)
            value = try builder.append(
                .arithmetic(Arithmetic(.add, value, try builder.append(.constant(Constant(tensor: bias))))))
        }
        return try builder.apply(try call[activation], to: value)
    }

    /// How long the axis of each label is: from the input, or else from `output_shape`.
    private static func sizes(_ equation: Equation, _ shape: Shape, _ call: LayerCall) throws(Refusal) -> [Character: Int] {
        var sizes: [Character: Int] = [:]
        for (label, size) in zip(equation.input, shape.dimensions) { sizes[label] = size }
        let given = try call[outputShape]
        // What a leading ellipsis stands for has no dimensions there, nor has the batch.
        let written = try call[Self.equation]
        for (label, size) in zip(written.hasLeadingEllipsis ? written.output[...] : equation.output.dropFirst(), given) where sizes[label] == nil { sizes[label] = size }
        for label in equation.kernel where sizes[label] ?? 0 <= 0 {
            throw call.refusal(.conflict(withKey: equation.input.contains(label) ? Self.equation.name : outputShape.name), key: Self.equation.name)
        }
        return sizes
    }
}

/// `input,kernel->output`, a label for each axis.
struct Equation: Sendable {
    var input: [Character]
    var kernel: [Character]
    var output: [Character]
    var hasLeadingEllipsis = false
    var hasTrailingEllipsis = false

    init?(_ text: String) {
        let sides = text.split(separator: ">", omittingEmptySubsequences: false)
        guard sides.count == 2, sides[0].hasSuffix("-") else { return nil }
        let terms = sides[0].dropLast().split(separator: ",", omittingEmptySubsequences: false)
        guard terms.count == 2 else { return nil }
        (input, kernel, output) = (Array(terms[0]), Array(terms[1]), Array(sides[1]))
        let dots: [Character] = [".", ".", "."]
        if input.starts(with: dots), output.starts(with: dots) {
            hasLeadingEllipsis = true
            input.removeFirst(3)
            output.removeFirst(3)
        } else if input.suffix(3) == dots[...], output.suffix(3) == dots[...] {
            hasTrailingEllipsis = true
            input.removeLast(3)
            output.removeLast(3)
        }
        for term in [input, kernel, output] where Set(term).count != term.count || !term.allSatisfy({ $0.isASCII && $0.isLetter }) { return nil }
        let known = Set(input).union(kernel)
        // Every label of the input goes on or is summed over with the kernel; what the kernel adds comes out.
        guard output.allSatisfy(known.contains), input.allSatisfy({ kernel.contains($0) || output.contains($0) }),
            kernel.allSatisfy({ input.contains($0) || output.contains($0) })
        else { return nil }
        // The first axis is the batch, which stays where it is.
        if !hasLeadingEllipsis {
            guard let batch = input.first, output.first == batch, !kernel.contains(batch) else { return nil }
        }
    }

    /// With labels for the axes that an ellipsis stands for; nil when the rank does not fit.
    func expanded(rank: Int) -> Equation? {
        let missing = rank - input.count
        guard hasLeadingEllipsis || hasTrailingEllipsis ? missing >= 0 : missing == 0, !hasLeadingEllipsis || missing >= 1, rank <= Shape.maximumRank
        else { return nil }
        let labels = Array("0123456789".prefix(missing))
        var result = self
        result.input = hasLeadingEllipsis ? labels + input : input + labels
        result.output = hasLeadingEllipsis ? labels + output : output + labels
        return result
    }
}

extension KeyType where Value == Equation {
    /// What EinsumDense can mean: each axis named once in a term, none of them summed over in one term alone.
    fileprivate static let equation = KeyType(.equation) { value, place throws(Refusal) in
        guard let text = value.stringValue else { throw place.refusal(.wrongType(expected: .equation)) }
        guard let equation = Equation(text) else { throw place.refusal(.unsupportedValue(allowed: [])) }
        return equation
    }
}

extension KeyType where Value == String {
    fileprivate static let labels = KeyType(.labels) { value, place throws(Refusal) in
        guard let text = value.stringValue else { throw place.refusal(.wrongType(expected: .labels)) }
        return text
    }
}

extension KeyType where Value == [Int] {
    /// Dimensions after the batch, `null` for those that come from the input; a single one may stand without a list.
    fileprivate static let partialShape = KeyType(.partialShape) { value, place throws(Refusal) in
        var dimensions: [Int] = []
        for element in value.arrayValue ?? [value] {
            if element.isNull {
                dimensions.append(Shape.unknown)
            } else if let size = element.intValue, size >= 1, size <= Int(Int32.max) {
                dimensions.append(size)
            } else {
                throw place.refusal(.wrongType(expected: .partialShape))
            }
        }
        return dimensions
    }
}
