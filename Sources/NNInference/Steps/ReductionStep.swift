#if canImport(CNNKernels)
    import CNNKernels
#endif

/// The mean or maximum of elements that lie apart in the input: for each result a walk over its elements.
struct ReductionStep<Number: Scalar> {
    let input: Region<Number>
    let mask: Region<UInt8>?
    let output: Region<Number>
    let function: Pooling.Function
    /// Where each result's elements begin (first operand) and where its mask begins (second).
    let results: Walk
    /// The elements of one result, relative to where they begin.
    let elements: Walk
    let accelerator: Accelerator

    func run() {
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self), mask == nil, results.rowStrides.first == 1, elements.count > 0 {
                return reduceRows(kernels)
            }
        #endif
        results.forEach { index, start, maskStart in output[index] = reduce(start, maskStart) }
    }

    #if canImport(CNNKernels)
        /// The results lie side by side, and so do the elements that they take in each turn: a row of them at a time.
        private func reduceRows(_ kernels: UnsafePointer<nn_kernels>) {
            let count = results.rowCount
            let x = input.cast(to: Float.self).base
            let y = output.cast(to: Float.self).base
            results.forEachRow { row, start, _ in
                let result = y + row * count
                elements.forEach { index, offset, _ in
                    let part = x + start + offset
                    if index == 0 {
                        result.update(from: part, count: count)
                    } else if function == .maximum {
                        kernels.pointee.maximum(result, part, result, count)
                    } else {
                        kernels.pointee.add(result, part, result, count)
                    }
                }
                if function == .mean { kernels.pointee.clamped_line(result, result, count, 1 / Float(elements.count), 0, -.infinity, .infinity) }
            }
        }
    #endif

    private func reduce(_ start: Int, _ maskStart: Int) -> Number {
        switch function {
        case .maximum:
            var largest = -Number.infinity
            elements.forEach { _, offset, _ in
                let x = input[start + offset]
                if x > largest || x.isNaN { largest = x }
            }
            return largest
        case .mean:
            var sum: Number = 0
            var count: Number = 0
            elements.forEach { _, offset, step in
                guard let mask else { return sum += input[start + offset] }
                guard mask[maskStart + step] != 0 else { return }
                sum += input[start + offset]
                count += 1
            }
            return sum / (mask == nil ? Number(elements.count) : count)
        }
    }
}

extension Reduction {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let strides = shape.strides
        let maskStrides = mask == nil ? [0, 0] : [shape[1], 1]
        var results = Walk()
        var elements = Walk()
        for axis in 0..<shape.rank {
            let maskStride = axis < 2 ? maskStrides[axis] : 0
            if axes.contains(axis) {
                elements.append(size: shape[axis], first: strides[axis], second: maskStride)
            } else {
                results.append(size: shape[axis], first: strides[axis], second: maskStride)
            }
        }
        let output = try planner.result()
        let mask: Region<UInt8>? = if let mask { try planner.mask(mask) } else { nil }
        return .reduction(
            ReductionStep(
                input: try planner.numbers(input), mask: mask, output: output, function: function, results: results, elements: elements,
                accelerator: planner.accelerator))
    }
}
