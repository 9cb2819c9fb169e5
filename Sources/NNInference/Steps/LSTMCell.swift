#if canImport(CNNKernels)
    import CNNKernels
#endif

/// The elementwise part of an LSTM: one row of gates changes one row of states.
struct LSTMCell<Number: Scalar> {
    let units: Int
    let activation: ActivationStep<Number>
    let recurrentActivation: ActivationStep<Number>
    let accelerator: Accelerator

    /// - Parameter z: the gates' sums i, f, c, o, `units` of each; overwritten.
    func update(_ z: UnsafeMutablePointer<Number>, hidden h: UnsafeMutablePointer<Number>, cell c: UnsafeMutablePointer<Number>) {
        #if canImport(CNNKernels)
            if activation.activation == .tanh, recurrentActivation.activation == .sigmoid, let kernels = accelerator.kernels(for: Number.self) {
                return kernels.pointee.lstm_cell(floats(z, 4 * units), floats(c, units), floats(h, units), units)
            }
        #endif
        recurrentActivation.apply(z, count: 2 * units)
        recurrentActivation.apply(z + 3 * units, count: units)
        activation.apply(z + 2 * units, count: units)
        for unit in 0..<units {
            c[unit] = z[units + unit] * c[unit] + z[unit] * z[2 * units + unit]
            h[unit] = c[unit]
        }
        activation.apply(h, count: units)
        for unit in 0..<units { h[unit] *= z[3 * units + unit] }
    }

    private func floats(_ pointer: UnsafeMutablePointer<Number>, _ count: Int) -> UnsafeMutablePointer<Float> {
        Region(base: pointer, count: count).cast(to: Float.self).base
    }
}
