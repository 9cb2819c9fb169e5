#if canImport(CNNKernels)
    import CNNKernels
#endif

/// A step in its place in a run, with what the engine asks of it each time. An object, so that a run copies nothing; final, so that all of
/// it is compiled for the session's number type.
final class PreparedStep<Number: Scalar> {
    let step: Step<Number>
    let units: Int
    let phases: Int
    let isWorthSharing: Bool
    #if canImport(CNNKernels)
        /// The step as one call, if it is that.
        let product: UnsafeMutablePointer<PreparedProduct>?
    #endif

    init(_ step: Step<Number>) {
        self.step = step
        units = step.units
        phases = step.phases
        isWorthSharing = units > 1 && step.cost >= Step<Number>.worthSharing
        #if canImport(CNNKernels)
            if case .matrixProduct(let dense) = step, let prepared = PreparedProduct(dense) {
                product = .allocate(capacity: 1)
                product?.initialize(to: prepared)
            } else {
                product = nil
            }
        #endif
    }

    deinit {
        #if canImport(CNNKernels)
            product?.deallocate()
        #endif
    }
}

#if canImport(CNNKernels)
    /// A matrix product that is one call of a leaf kernel, and at most one of an activation's, with all arguments known: the smallest models
    /// are made of these.
    struct PreparedProduct {
        private let multiply: nn_matmul
        private let input: UnsafeMutablePointer<Float>
        private let output: UnsafeMutablePointer<Float>
        private let panels: nn_panels
        private let rows: Int
        private let inputs: Int
        private let columns: Int
        private var epilogue: nn_epilogue
        private let activation: nn_unary?

        init?<Number: Scalar>(_ product: MatrixProductStep<Number>) {
            guard let kernels = product.accelerator.kernels(for: Number.self), let panels = product.kernel.panels else { return nil }
            let (fused, isDone) = product.epilogue.fused
            activation = isDone ? nil : product.epilogue.activation.kernel
            guard isDone || activation != nil else { return nil }
            multiply = kernels.pointee.matmul
            input = product.input.cast(to: Float.self).base
            output = product.output.cast(to: Float.self).base
            self.panels = panels
            rows = product.rows
            inputs = product.kernel.rows
            columns = product.kernel.columns
            epilogue = fused
        }

        mutating func run() {
            multiply(input, inputs, panels, rows, inputs, columns, 0, columns, output, columns, &epilogue)
            activation?(output, output, rows &* columns)
        }
    }
#endif
