#if canImport(CNNKernels)
    import CNNKernels
#endif

/// The cells' formulas.
extension RecurrentStep {
    /// Adds the state's part to the gates of some samples, `stride` numbers apart, as far as the whole of it is known.
    func addState(_ gates: UnsafeMutablePointer<Number>, stride: Int, _ samples: Range<Int>) {
        let first = samples.lowerBound
        let (state, gates) = (hidden.base + first * units, gates + first * stride)
        switch cell {
        case .simple, .lstm:
            recurrentKernel.accumulate(state, inputStride: units, rows: samples.count, into: gates, outputStride: stride, columns: 0..<width)
        case .gru:
            recurrentKernel.accumulate(state, inputStride: units, rows: samples.count, into: gates, outputStride: stride, columns: 0..<2 * units)
            let reset = scratch.reset.base + first * units
            for sample in 0..<samples.count {
                let x = gates + sample * stride
                recurrentActivation.apply(x, count: 2 * units)
                for unit in 0..<units { reset[sample * units + unit] = x[units + unit] * state[sample * units + unit] }
            }
            recurrentKernel.accumulate(
                reset, inputStride: units, rows: samples.count, into: gates, outputStride: stride, columns: 2 * units..<width)
        case .gruResetAfter:
            recurrentKernel.multiply(
                state, inputStride: units, rows: samples.count, into: scratch.recurrent.base + first * width, outputStride: width,
                columns: 0..<width, shift: recurrentBias)
        }
    }

    /// Changes one sample's state.
    func update(_ sample: Int, _ x: UnsafeMutablePointer<Number>) {
        let h = hidden.base + sample * units
        switch cell {
        case .simple:
            activation.apply(x, count: units)
            h.update(from: x, count: units)
        case .lstm:
            guard let cellState else { return }
            let lstm = LSTMCell(units: units, activation: activation, recurrentActivation: recurrentActivation, accelerator: accelerator)
            lstm.update(x, hidden: h, cell: cellState.base + sample * units)
        case .gru: blend(x, h)
        case .gruResetAfter: updateGRUResetAfter(x, scratch.recurrent.base + sample * width, h)
        }
    }

    private func updateGRUResetAfter(_ x: UnsafeMutablePointer<Number>, _ r: UnsafeMutablePointer<Number>, _ h: UnsafeMutablePointer<Number>) {
        #if canImport(CNNKernels)
            if hasUsualActivations, let kernels = accelerator.kernels(for: Number.self) {
                return kernels.pointee.gru_cell_reset_after(floats(x), floats(r), floats(h), units)
            }
        #endif
        for index in 0..<2 * units { x[index] += r[index] }
        recurrentActivation.apply(x, count: 2 * units)
        for unit in 0..<units { x[2 * units + unit] += x[units + unit] * r[2 * units + unit] }
        blend(x, h)
    }

    /// `h = z * h + (1 - z) * act(candidate)`
    private func blend(_ x: UnsafeMutablePointer<Number>, _ h: UnsafeMutablePointer<Number>) {
        activation.apply(x + 2 * units, count: units)
        for unit in 0..<units { h[unit] = x[unit] * h[unit] + (1 - x[unit]) * x[2 * units + unit] }
    }

    private var hasUsualActivations: Bool { activation.activation == .tanh && recurrentActivation.activation == .sigmoid }

    /// The same memory; the caller knows that these are floats.
    func floats(_ pointer: UnsafeMutablePointer<Number>) -> UnsafeMutablePointer<Float> {
        Region(base: pointer, count: 0).cast(to: Float.self).base
    }
}
