import KerasFiles
import NNInference

/// Weights of quantised layers, as numbers that operations take.
extension ProgramBuilder {
    /// The matrix `[rows, columns]` that a quantised layer multiplies by, before the scales of its columns, if it has those.
    mutating func quantizedMatrix(_ layer: KerasLayer, _ policy: QuantizationPolicy, rows: Int, columns: Int) throws(Refusal) -> TensorID {
        if policy.mode == .int8 { return try weight("kernel", of: layer, shape: [rows, columns], layout: .panels, type: .int8) }
        if policy.hasScaledColumns { return add(constant: try packedKernel(layer, policy, rows: rows, columns: columns), layout: .panels) }
        return try add(try dequantized(layer, policy, shape: [rows, columns], rows: rows, columns: columns), [rows, columns], of: layer)
    }

    /// The numbers of four bits of a kernel `[rows, columns]`.
    mutating func packedKernel(_ layer: KerasLayer, _ policy: QuantizationPolicy, rows: Int, columns: Int) throws(Refusal) -> Tensor {
        policy.packsRows
            ? try unpacked("kernel", of: layer, length: rows, axis: 0, type: .int8)
            : try unpacked("kernel", of: layer, length: columns, axis: 1, type: .int8)
    }

    /// The elements of a kernel with all scales in them, in the order in which they lie: `rows` are what is summed over.
    ///
    /// - Parameter shape: of the kernel where it is stored as it is used.
    mutating func dequantized(
        _ layer: KerasLayer, _ policy: QuantizationPolicy, shape: [Int], rows: Int, columns: Int
    ) throws(Refusal) -> [Float] {
        switch policy.mode {
        case .int8: return try floats("kernel", of: layer, shape: shape, type: .int8)
        case .int4:
            let numbers = try packedKernel(layer, policy, rows: rows, columns: columns)
            guard let block = policy.blockSize else {
                let scale = try floats("kernel_scale", of: layer, shape: [columns])
                return try computed(layer, [rows, columns], from: numbers) { _, column, number in number / scale[column] }
            }
            let shape = [groups(rows, block), columns]
            let scale = try floats("kernel_scale", of: layer, shape: shape)
            let zero = try floats("kernel_zero", of: layer, shape: shape, type: .int8)
            let group = try groupIndices(layer, count: rows, below: shape[0])
            return try computed(layer, [rows, columns], from: numbers) { row, column, number in
                let place = group[row] * columns + column
                return (number - zero[place]) * scale[place]
            }
        case .float8:
            let scale = try scalar("kernel_scale", of: layer)
            return try floats("kernel", of: layer, shape: shape).map { ($0 / scale).roundedToFloat8() * scale }
        case .gptq, .awq:
            let numbers: Tensor
            if policy.isPacked {
                numbers = try unpacked("quantized_kernel", of: layer, length: columns, axis: 0, type: .uint8)
            } else {
                numbers = try take("quantized_kernel", of: layer, shape: [columns, rows], type: .uint8)
            }
            let shape = [columns, policy.blockSize.map { groups(rows, $0) } ?? 1]
            let scale = try floats("kernel_scale", of: layer, shape: shape)
            let zero = try floats("kernel_zero", of: layer, shape: shape, type: .uint8)
            let group = try groupIndices(layer, count: rows, below: shape[1])
            let divisors = policy.mode == .awq ? try floats("awq_scales", of: layer, shape: [rows]) : nil
            let stored = try elements(numbers, "quantized_kernel", of: layer)
            guard stored.count == rows * columns else {
                throw Refusal(layer, .weightShape(role: "quantized_kernel", expected: [columns, rows], found: numbers.shape))
            }
            // Stored with the columns first.
            var matrix = [Float](repeating: 0, count: stored.count)
            for column in 0..<columns {
                for row in 0..<rows {
                    let place = column * shape[1] + group[row]
                    let number = (stored[column * rows + row] - zero[place]) * scale[place]
                    matrix[row * columns + column] = divisors.map { number / $0[row] } ?? number
                }
            }
            return matrix
        }
    }

    /// The rows of a table `[rows, columns]`, with the scales of its rows in it unless those are apart.
    mutating func quantizedTable(_ layer: KerasLayer, _ policy: QuantizationPolicy, rows: Int, columns: Int) throws(Refusal) -> TensorID {
        guard policy.mode == .int4 else { return try weight("embeddings", of: layer, shape: [rows, columns], type: .int8) }
        let numbers = try unpacked("embeddings", of: layer, length: columns, axis: 1, type: .int8)
        guard let block = policy.blockSize else { return add(constant: numbers) }
        let shape = [rows, groups(columns, block)]
        let scale = try floats("embeddings_scale", of: layer, shape: shape)
        let zero = try floats("embeddings_zero", of: layer, shape: shape, type: .int8)
        let group = try groupIndices(layer, count: columns, below: shape[1])
        let table = try computed(layer, [rows, columns], from: numbers) { row, column, number in
            let place = row * shape[1] + group[column]
            return (number - zero[place]) * scale[place]
        }
        return try add(table, [rows, columns], of: layer, layout: .rowMajor)
    }

    /// A weight of one number.
    mutating func scalar(_ role: String, of layer: KerasLayer) throws(Refusal) -> Float {
        try floats(role, of: layer, shape: [])[0]
    }

    /// The elements of a weight that something is computed from.
    mutating func floats(
        _ role: String, of layer: KerasLayer, shape: [Int], type: KerasFiles.ElementType? = nil
    ) throws(Refusal) -> [Float] {
        try elements(try take(role, of: layer, shape: shape, type: type), role, of: layer)
    }

    /// A tensor that was computed.
    mutating func add(_ numbers: [Float], _ shape: [Int], of layer: KerasLayer, layout: TensorLayout = .panels) throws(Refusal) -> TensorID {
        guard let tensor = try? Tensor(floats: numbers, shape: shape) else { throw Refusal(layer, .shape(.overflow)) }
        return add(constant: tensor, layout: layout)
    }

    // MARK: Parts

    private mutating func unpacked(
        _ role: String, of layer: KerasLayer, length: Int, axis: Int, type: KerasFiles.ElementType
    ) throws(Refusal) -> Tensor {
        let packed = try take(role, of: layer, type: type)
        do throws(KerasFileError) {
            return try packed.unpacked(length: length, axis: axis)
        } catch {
            guard case .weightShape(let expected, let found) = error.kind else { throw Refusal(layer, .weightContent(role: role)) }
            throw Refusal(layer, .weightShape(role: role, expected: expected, found: found))
        }
    }

    private func groups(_ count: Int, _ size: Int) -> Int { (count - 1) / size + 1 }

    /// For each row or column of a weight the group whose scale it has.
    private mutating func groupIndices(_ layer: KerasLayer, count: Int, below limit: Int) throws(Refusal) -> [Int] {
        try floats("g_idx", of: layer, shape: [count]).map { number throws(Refusal) in
            guard number >= 0, number < Float(limit) else { throw Refusal(layer, .weightContent(role: "g_idx")) }
            return Int(number)
        }
    }

    private func computed(
        _ layer: KerasLayer, _ shape: [Int], from tensor: Tensor, _ number: (Int, Int, Float) -> Float
    ) throws(Refusal) -> [Float] {
        guard tensor.shape == shape else { throw Refusal(layer, .weightShape(role: "kernel", expected: shape, found: tensor.shape)) }
        var numbers = try elements(tensor, "kernel", of: layer)
        let columns = shape[1]
        for place in numbers.indices { numbers[place] = number(place / columns, place % columns, numbers[place]) }
        return numbers
    }

    private func elements(_ tensor: Tensor, _ role: String, of layer: KerasLayer) throws(Refusal) -> [Float] {
        guard let numbers = try? tensor.floats() else { throw Refusal(layer, .weightContent(role: role)) }
        return numbers
    }
}
