#if canImport(CNNKernels)
    import CNNKernels
#endif

/// Softmax over the elements of each slice, the largest taken off first.
struct SoftmaxStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    /// Where each slice begins, and the elements of a slice relative to that.
    let slices: Walk
    let elements: Walk
    let isLogarithm: Bool
    let accelerator: Accelerator

    func run() {
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self), elements.rowStrides.first == 1, elements.rowCount == elements.count {
                let x = input.cast(to: Float.self).base
                let y = output.cast(to: Float.self).base
                let softmax = isLogarithm ? kernels.pointee.log_softmax_rows : kernels.pointee.softmax_rows
                return softmax(x, y, slices.count, elements.count)
            }
        #endif
        slices.forEach { _, start, _ in
            var largest = -Number.infinity
            elements.forEach { _, offset, _ in largest = max(largest, input[start + offset]) }
            var sum: Number = 0
            elements.forEach { _, offset, _ in
                let exponential = Number.exp(input[start + offset] - largest)
                sum += exponential
                // The logarithm needs the input once more, and the output may be the same memory.
                if !isLogarithm { output[start + offset] = exponential }
            }
            if isLogarithm {
                let logarithm = Number.log(sum)
                elements.forEach { _, offset, _ in output[start + offset] = input[start + offset] - largest - logarithm }
            } else {
                elements.forEach { _, offset, _ in output[start + offset] /= sum }
            }
        }
    }
}

extension Softmax {
    var resultStorage: ResultStorage { .inPlace(input) }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let (slices, elements) = planner.shape(of: input).slices(over: axes)
        return .softmax(
            SoftmaxStep(
                input: try planner.numbers(input), output: try planner.result(), slices: slices, elements: elements,
                isLogarithm: flags.contains(.logarithm), accelerator: planner.accelerator))
    }
}

extension Shape {
    /// Splits a value into slices that run over `axes`: where each slice begins, and its elements relative to that.
    func slices(over axes: AxisSet) -> (slices: Walk, elements: Walk) {
        var slices = Walk()
        var elements = Walk()
        for (axis, stride) in strides.enumerated() {
            if axes.contains(axis) {
                elements.append(size: dimensions[axis], first: stride)
            } else {
                slices.append(size: dimensions[axis], first: stride)
            }
        }
        return (slices, elements)
    }
}
