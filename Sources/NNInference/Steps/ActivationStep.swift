#if canImport(CNNKernels)
    import CNNKernels
#endif

/// An ``Activation`` ready to run over any number of elements in place.
struct ActivationStep<Number: Scalar> {
    let activation: Activation
    let accelerator: Accelerator

    var isLinear: Bool { activation.function == .linear }

    func apply(_ elements: UnsafeMutablePointer<Number>, count: Int) {
        guard !isLinear else { return }
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self) {
                let floats = Region(base: elements, count: count).cast(to: Float.self).base
                if applyFast(kernels, floats, count) { return }
            }
        #endif
        var span = MutableSpan(_unsafeStart: elements, count: count)
        activation.apply(&span)
    }

    /// Some columns of rows that are `width` wide.
    func apply(_ elements: UnsafeMutablePointer<Number>, rows: Int, width: Int, columns: Range<Int>) {
        guard columns.count < width else { return apply(elements, count: rows * width) }
        for row in 0..<rows { apply(elements + row * width + columns.lowerBound, count: columns.count) }
    }

    #if canImport(CNNKernels)
        /// The bounds, if the function is nothing but a clamp.
        var clamp: ClosedRange<Float>? {
            switch activation.function {
            case .linear: -Float.infinity...Float.infinity
            case .relu: 0...Float.infinity
            case .reluGeneral where activation.b == 0 && activation.c == 0 && activation.a >= 0: 0...activation.a
            case .hardTanh: -1...1
            default: nil
            }
        }

        /// The leaf kernel that does all of it, for functions without parameters.
        var kernel: nn_unary? {
            guard let kernels = accelerator.table else { return nil }
            return switch activation.function {
            case .sigmoid: kernels.pointee.sigmoid
            case .tanh: kernels.pointee.tanh
            case .exponential: kernels.pointee.exp
            case .selu: kernels.pointee.selu
            case .softplus: kernels.pointee.softplus
            case .softsign: kernels.pointee.softsign
            case .silu: kernels.pointee.silu
            case .geluExact: kernels.pointee.gelu
            case .geluTanh: kernels.pointee.gelu_tanh
            case .mish: kernels.pointee.mish
            case .logSigmoid: kernels.pointee.log_sigmoid
            default: nil
            }
        }

        private func applyFast(_ kernels: UnsafePointer<nn_kernels>, _ x: UnsafeMutablePointer<Float>, _ count: Int) -> Bool {
            let (a, b) = (activation.a, activation.b)
            switch activation.function {
            case .relu: kernels.pointee.clamped_line(x, x, count, 1, 0, 0, .infinity)
            case .leakyRelu: kernels.pointee.relu(x, x, count, .infinity, a, 0)
            case .elu: kernels.pointee.elu(x, x, count, a)
            case .hardSigmoid: kernels.pointee.clamped_line(x, x, count, a, b, 0, 1)
            case .hardTanh: kernels.pointee.clamped_line(x, x, count, 1, 0, -1, 1)
            default:
                guard let kernel else { return false }
                kernel(x, x, count)
            }
            return true
        }
    #endif
}

/// An activation on its own: a copy unless it runs in place.
struct ElementwiseStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    let activation: ActivationStep<Number>

    func run(_ units: Range<Int>) {
        if input.base != output.base { output[units].copy(input[units]) }
        activation.apply(output.base + units.lowerBound, count: units.count)
    }
}

extension Elementwise {
    var resultStorage: ResultStorage { .inPlace(input) }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let output = try planner.result()
        return .elementwise(
            ElementwiseStep(
                input: try planner.numbers(input), output: output,
                activation: ActivationStep(activation: activation, accelerator: planner.accelerator)))
    }
}
