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

    private static let definition = LayerDefinition(
        "EinsumDense",
        keys: .commonWithActivityRegularizer + [
            .used(equation), .used(outputShape), .used(biasAxes), .used(activation), .only("lora_rank", .null), .only("lora_alpha", .null),
            .only("quantization_config", .null),
        ] + .training("kernel", "bias"),
        mask: .drops,
        rules: [
            LayerRule(biasAxes.name, equation.name, is: .axesOfSecond) { layer throws(Refusal) in
                guard let axes = try layer[biasAxes], case let equation = try layer[equation] else { return }
                // A bias of the batch would be one for each example.
                guard !axes.isEmpty, axes.allSatisfy({ equation.output.dropFirst(equation.hasLeadingEllipsis ? 0 : 1).contains($0) }) else {
                    throw Refusal(layer, key: biasAxes.name, .conflict(withKey: Self.equation.name))
                }
            }
        ]
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        let shape = builder.shape(input)
        guard let equation = try call[equation].expanded(rank: shape.rank) else {
            throw call.refusal(.unsupportedValue(allowed: []), key: Self.equation.name)
        }
        let sizes = try sizes(equation, shape, call)
        let product = Product(equation, sizes)
        var value = try product.apply(to: input, call, &builder)
        if let axes = try call[biasAxes] {
            let first = equation.output.firstIndex { axes.contains($0) } ?? 0
            let extents = equation.output[first...].map { axes.contains($0) ? sizes[$0] ?? Shape.unknown : 1 }
            let bias = try builder.weight("bias", of: call.layer, shape: extents)
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

/// The product: labels by what becomes of them, and how many elements they have.
private struct Product {
    let equation: Equation
    let sizes: [Character: Int]
    /// In input and output, not in the kernel; the batch first.
    let free: [Character]
    /// In all three.
    let groups: [Character]
    /// In input and kernel: summed over.
    let inner: [Character]
    /// In kernel and output.
    let outer: [Character]

    init(_ equation: Equation, _ sizes: [Character: Int]) {
        self.equation = equation
        self.sizes = sizes
        free = equation.input.filter { !equation.kernel.contains($0) }
        groups = equation.kernel.filter { equation.input.contains($0) && equation.output.contains($0) }
        inner = equation.kernel.filter { equation.input.contains($0) && !equation.output.contains($0) }
        outer = equation.kernel.filter { !equation.input.contains($0) }
    }

    private func count(_ labels: [Character], _ call: LayerCall) throws(Refusal) -> Int {
        var count = 1
        for label in labels {
            let (product, overflow) = count.multipliedReportingOverflow(by: sizes[label] ?? 1)
            guard !overflow, product <= Int(Int32.max) else { throw call.refusal(.shape(.overflow)) }
            count = product
        }
        return count
    }

    func apply(to input: ValueID, _ call: LayerCall, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        let (rows, columns, parts) = (try count(inner, call), try count(outer, call), try count(groups, call))
        var value = try transposed(input, from: equation.input, to: free + groups + inner, &builder)
        // One row of the matrix product for all that is free.
        let rest = free.dropFirst().map { sizes[$0] ?? Shape.unknown }
        let open = rest.contains(Shape.unknown)
        guard rest.filter({ $0 == Shape.unknown }).count <= 1 else { throw call.refusal(.shape(.unknownDimension(axis: 1))) }
        let (channels, overflow) = parts.multipliedReportingOverflow(by: rows)
        guard !overflow else { throw call.refusal(.shape(.overflow)) }
        if groups.isEmpty {
            value = try builder.append(.reshape(Reshape(input: value, dimensions: rest + [rows])))
            let kernel = try kernel(order: inner + outer, shape: [rows, columns], layout: .panels, call, &builder)
            value = try builder.append(.dense(Dense(input: value, kernel: kernel)))
        } else {
            value = try builder.append(.reshape(Reshape(input: value, dimensions: [open ? -1 : rest.reduce(1, *), channels])))
            // `[window of one, inner, groups * outer]`
            let kernel = try kernel(order: inner + groups + outer, shape: [1, rows, parts * columns], layout: .rowMajor, call, &builder)
            value = try builder.append(
                .convolution(Convolution(input: value, kernel: kernel, groups: parts, strides: [1], dilation: [1])))
        }
        value = try builder.append(
            .reshape(Reshape(input: value, dimensions: rest + (groups + outer).map { sizes[$0] ?? Shape.unknown })))
        return try transposed(value, from: free + groups + outer, to: equation.output, &builder)
    }

    private func transposed(
        _ value: ValueID, from labels: [Character], to others: [Character], _ builder: inout ProgramBuilder
    ) throws(Refusal) -> ValueID {
        guard labels != others else { return value }
        let order = others.dropFirst().map { label in labels.firstIndex(of: label) ?? 0 }
        return try builder.append(.transposition(Transposition(input: value, order: order)))
    }

    /// The kernel with its axes in another order, as a matrix.
    private func kernel(
        order: [Character], shape: [Int], layout: TensorLayout, _ call: LayerCall, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> TensorID {
        let stored = equation.kernel.map { sizes[$0] ?? Shape.unknown }
        if order == equation.kernel, stored == shape { return try builder.weight("kernel", of: call.layer, shape: stored, layout: layout) }
        let axes = order.compactMap { equation.kernel.firstIndex(of: $0) }
        return try builder.weight("kernel", of: call.layer, shape: stored, layout: layout) { tensor throws(KerasFileError) in
            try tensor.transposed(axes).reshaped(shape)
        }
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
