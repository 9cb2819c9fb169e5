import KerasFiles
import NNInference

/// The product of an EinsumDense: labels by what becomes of them, and how many elements they have.
struct EinsumProduct {
    private let equation: Equation
    private let sizes: [Character: Int]
    private let call: LayerCall
    /// In input and output, not in the kernel; the batch first.
    private let free: [Character]
    /// In all three.
    private let groups: [Character]
    /// In input and kernel: summed over.
    private let inner: [Character]
    /// In kernel and output.
    private let outer: [Character]
    private let rows: Int
    private let columns: Int
    /// How many groups there are.
    private let parts: Int

    init(_ equation: Equation, _ sizes: [Character: Int], _ call: LayerCall) throws(Refusal) {
        self.equation = equation
        self.sizes = sizes
        self.call = call
        free = equation.input.filter { !equation.kernel.contains($0) }
        groups = equation.kernel.filter { equation.input.contains($0) && equation.output.contains($0) }
        inner = equation.kernel.filter { equation.input.contains($0) && !equation.output.contains($0) }
        outer = equation.kernel.filter { !equation.input.contains($0) }
        rows = try Self.count(inner, sizes, call)
        columns = try Self.count(outer, sizes, call)
        parts = try Self.count(groups, sizes, call)
        _ = try Self.count(groups + inner, sizes, call)
        _ = try Self.count(groups + outer, sizes, call)
        guard free.dropFirst().filter({ sizes[$0] ?? Shape.unknown == Shape.unknown }).count <= 1 else {
            throw call.refusal(.shape(.unknownDimension(axis: 1)))
        }
    }

    private static func count(_ labels: [Character], _ sizes: [Character: Int], _ call: LayerCall) throws(Refusal) -> Int {
        var count = 1
        for label in labels {
            let (product, overflow) = count.multipliedReportingOverflow(by: sizes[label] ?? 1)
            guard !overflow, product <= Int(Int32.max) else { throw call.refusal(.shape(.overflow)) }
            count = product
        }
        return count
    }

    private var kernelShape: [Int] { equation.kernel.map { sizes[$0] ?? Shape.unknown } }

    // MARK: Products

    func of(_ input: ValueID, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        let kernel: TensorID
        if let sum = try builder.adaptedTensor("kernel", of: call.layer, shape: kernelShape) {
            kernel = builder.add(constant: try arranged(sum), layout: layout)
        } else if order == equation.kernel, matrixShape == kernelShape {
            kernel = try builder.weight("kernel", of: call.layer, shape: kernelShape, layout: layout)
        } else {
            kernel = try builder.weight("kernel", of: call.layer, shape: kernelShape, layout: layout) { tensor throws(KerasFileError) in
                try arrangedTensor(tensor)
            }
        }
        return try finished(try times(try rows(of: input, &builder), kernel, &builder), &builder)
    }

    /// As a quantised layer makes it. Each row is quantised over all that is summed over.
    func quantized(
        _ input: ValueID, _ policy: QuantizationPolicy, _ keys: QuantizationKeys, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> ValueID {
        let layer = call.layer
        let input = try rows(of: input, &builder)
        let (values, factors) = try builder.quantized(input, layer, policy, keys)
        let (stored, divisors) = try kernel(policy, &builder)
        var value = try times(values, builder.add(constant: try arranged(stored), layout: layout), &builder)
        var divisor = factors
        if let divisors {
            let tensor = try builder.add(divisors, groups.isEmpty ? [columns] : [parts, columns], of: layer, layout: .rowMajor)
            let scale = try builder.append(.constant(Constant(tensor: tensor)))
            divisor = scale
            if let factors { divisor = try builder.append(.arithmetic(Arithmetic(.multiply, factors, scale))) }
        }
        if let divisor { value = try builder.append(.arithmetic(Arithmetic(.divide, value, divisor))) }
        if let adapter = try builder.adapterTensor("kernel", of: layer, shape: kernelShape) {
            // Keras multiplies the last axis of what comes out by the second matrix.
            guard equation.kernel.last == equation.output.last, equation.kernel.last.map({ !groups.contains($0) }) == true else {
                throw call.refusal(.unexpectedWeight(role: LowRankAdapter.roles(of: "kernel").first))
            }
            let sum = try times(input, builder.add(constant: try arranged(adapter), layout: layout), &builder)
            value = try builder.append(.arithmetic(Arithmetic(.add, value, sum)))
        }
        return try finished(value, &builder)
    }

    /// The kernel of a quantised layer as it is multiplied by, and by what columns are divided after that, `[groups, outer]`.
    private func kernel(_ policy: QuantizationPolicy, _ builder: inout ProgramBuilder) throws(Refusal) -> (Tensor, [Float]?) {
        let layer = call.layer
        switch policy.mode {
        case .int8: return (try builder.take("kernel", of: layer, shape: kernelShape, type: .int8), try divisors(&builder))
        case .int4 where policy.packsRows:
            return (try packedKernel(&builder), try divisors(&builder))
        case .int4, .float8: return (try dequantized(policy, rows: rows, columns: parts * columns, &builder), nil)
        case .gptq, .awq:
            // The longest axis of three tells which of them are rows.
            let shape = kernelShape
            guard (2...3).contains(shape.count), let longest = shape.firstIndex(of: shape.max() ?? 0) else { throw call.refusal(.numberType, key: "dtype") }
            let split = shape.count == 2 || longest == 0 ? 1 : 2
            return (try dequantized(policy, rows: shape[..<split].reduce(1, *), columns: shape[split...].reduce(1, *), &builder), nil)
        }
    }

    /// Numbers of four bits, of which two share a byte along the first axis that is summed over.
    private func packedKernel(_ builder: inout ProgramBuilder) throws(Refusal) -> Tensor {
        let axis = equation.kernel.firstIndex { inner.contains($0) } ?? 0
        let length = kernelShape[axis]
        var shape = kernelShape
        shape[axis] = length / 2 + length % 2
        let packed = try builder.take("kernel", of: call.layer, shape: shape, type: .int8)
        // That axis in front, and back again.
        let others = shape.indices.filter { $0 != axis }
        let back = shape.indices.map { $0 == axis ? 0 : ($0 < axis ? $0 + 1 : $0) }
        return try reading { () throws(KerasFileError) in
            let matrix = try packed.transposed([axis] + others).reshaped([shape[axis], others.map { shape[$0] }.reduce(1, *)])
            return try matrix.unpacked(length: length, axis: 0).reshaped([length] + others.map { shape[$0] }).transposed(back)
        }
    }

    private func dequantized(_ policy: QuantizationPolicy, rows: Int, columns: Int, _ builder: inout ProgramBuilder) throws(Refusal) -> Tensor {
        let numbers = try builder.dequantized(call.layer, policy, shape: kernelShape, rows: rows, columns: columns)
        return try reading { () throws(KerasFileError) in try Tensor(floats: numbers, shape: kernelShape) }
    }

    /// The scales of a kernel, which lie along the axes of what comes out.
    private func divisors(_ builder: inout ProgramBuilder) throws(Refusal) -> [Float] {
        let scale = try builder.take("kernel_scale", of: call.layer)
        let shape = equation.output.map { equation.kernel.contains($0) ? sizes[$0] ?? 1 : 1 }
        guard scale.shape == shape else { throw call.refusal(.weightShape(role: "kernel_scale", expected: shape, found: scale.shape)) }
        let labels = equation.output.filter { equation.kernel.contains($0) }
        let axes = (groups + outer).compactMap { labels.firstIndex(of: $0) }
        return try reading { () throws(KerasFileError) in
            try scale.reshaped(labels.map { sizes[$0] ?? 1 }).transposed(axes).floats()
        }
    }

    private func reading<Value>(_ body: () throws(KerasFileError) -> Value) throws(Refusal) -> Value {
        do throws(KerasFileError) { return try body() } catch { throw call.refusal(.weightContent(role: "kernel")) }
    }

    // MARK: Order of axes

    /// What is free but the batch. With groups it is one axis.
    private var rest: [Int] {
        let sizes = free.dropFirst().map { self.sizes[$0] ?? Shape.unknown }
        return groups.isEmpty ? sizes : [sizes.contains(Shape.unknown) ? -1 : sizes.reduce(1, *)]
    }

    /// The input as `[batch, free ..., rows]`, with groups as `[batch, free, groups, rows]`.
    private func rows(of input: ValueID, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        let value = try transposed(input, from: equation.input, to: free + groups + inner, &builder)
        return try builder.append(.reshape(Reshape(input: value, dimensions: rest + (groups.isEmpty ? [rows] : [parts, rows]))))
    }

    /// Rows times a matrix, `[batch, free ..., columns]`; with groups each its own, `[batch, free, groups, columns]`.
    private func times(_ value: ValueID, _ kernel: TensorID, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        guard !groups.isEmpty else { return try builder.append(.dense(Dense(input: value, kernel: kernel))) }
        let channels = try builder.append(.reshape(Reshape(input: value, dimensions: rest + [parts * rows])))
        let product = try builder.append(
            .convolution(Convolution(input: channels, kernel: kernel, groups: parts, strides: [1], dilation: [1])))
        return try builder.append(.reshape(Reshape(input: product, dimensions: rest + [parts, columns])))
    }

    private func finished(_ value: ValueID, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        let dimensions = (free.dropFirst() + groups + outer).map { sizes[$0] ?? Shape.unknown }
        let value = try builder.append(.reshape(Reshape(input: value, dimensions: dimensions)))
        return try transposed(value, from: free + groups + outer, to: equation.output, &builder)
    }

    private func transposed(
        _ value: ValueID, from labels: [Character], to others: [Character], _ builder: inout ProgramBuilder
    ) throws(Refusal) -> ValueID {
        guard labels != others else { return value }
        let order = others.dropFirst().map { label in labels.firstIndex(of: label) ?? 0 }
        return try builder.append(.transposition(Transposition(input: value, order: order)))
    }

    // MARK: Order of the kernel

    private var order: [Character] { inner + groups + outer }

    /// With groups it is that of a convolution, `[window of one, inner, groups * outer]`.
    private var matrixShape: [Int] { groups.isEmpty ? [rows, columns] : [1, rows, parts * columns] }
    private var layout: TensorLayout { groups.isEmpty ? .panels : .rowMajor }

    private func arranged(_ kernel: Tensor) throws(Refusal) -> Tensor {
        try reading { () throws(KerasFileError) in try arrangedTensor(kernel) }
    }

    private func arrangedTensor(_ kernel: Tensor) throws(KerasFileError) -> Tensor {
        try kernel.transposed(order.compactMap { equation.kernel.firstIndex(of: $0) }).reshaped(matrixShape)
    }
}
